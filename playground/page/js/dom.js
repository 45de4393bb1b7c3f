/**
 * Builds DOM nodes. Text only ever becomes a text node here: nothing in this page assigns markup from data.
 */

/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 * @param {string} tag Tag name, classes may follow with dots: "div.card.wide".
 * @param {Object<string, any>} [props] Attributes; `on` holds listeners, `data` the dataset, true and false switch.
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  decorate(node, props);
  append(node, children);
  return node;
}

/** Like `h`, for SVG. @returns {SVGElement} */
export function s(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  decorate(node, props);
  append(node, children);
  return node;
}

function decorate(node, props) {
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (key === "data") {
      for (const [name, datum] of Object.entries(value)) if (datum != null) node.dataset[name] = datum;
    } else if (key === "class") {
      node.classList.add(...String(value).split(" ").filter(Boolean));
    } else if (key === "value" && "value" in node) {
      node.value = value;
    } else {
      node.setAttribute(key, value === true ? "" : String(value));
    }
  }
}

/** Append nodes and texts, skipping empty ones. @param {Node} node @param {Child[]} children */
export function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Replace what `node` holds. @param {Element} node @param {...Child} children */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** Return `url` when following it is harmless, else null: no javascript:, no data:. */
export function safeUrl(url) {
  try {
    const parsed = new URL(String(url), location.origin);
    return ["http:", "https:", "mailto:", "tel:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** A link that opens beside the page; plain text when its address is not harmless. */
export function link(url, children, classes = "") {
  const href = safeUrl(url);
  if (!href) return h("span", { class: classes }, children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", class: `link ${classes}` }, children);
}

/** Run `work` at most once in `ms`, with the last arguments. */
export function debounce(work, ms) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), ms);
  };
}
