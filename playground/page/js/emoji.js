/** The shortcodes that bots and people use most, as Unicode; an unknown one stays as it was typed. */

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|100 💯|adult 🧑|alarm_clock ⏰|alert 🚨|ambulance 🚑|arrow_down ⬇️|arrow_left ⬅️
arrow_right ➡️|arrow_up ⬆️|arrows_counterclockwise 🔄|art 🎨|baby 👶|back 🔙|bangbang ‼️|bar_chart 📊|beer 🍺|bell 🔔
black_circle ⚫|blue_book 📘|blush 😊|bomb 💣|book 📖|bookmark 🔖|bookmark_tabs 📑|books 📚|boom 💥|bowtie 🤵
broken_heart 💔|brain 🧠|bricks 🧱|broom 🧹|bug 🐛|building_construction 🏗️|bulb 💡|busts_in_silhouette 👥|cake 🍰
calendar 📅|camera 📷|card_file_box 🗃️|card_index_dividers 🗂️|chart 💹|chart_with_downwards_trend 📉
chart_with_upwards_trend 📈|checkered_flag 🏁|clap 👏|clipboard 📋|clock1 🕐|closed_book 📕|cloud ☁️|coffee ☕
construction 🚧|cop 👮|credit_card 💳|crossed_swords ⚔️|crown 👑|cry 😢|crystal_ball 🔮|cyclone 🌀|dart 🎯|date 📅
dizzy 💫|door 🚪|earth_africa 🌍|earth_americas 🌎|eight 8️⃣|electric_plug 🔌|email 📧|envelope ✉️|exclamation ❗|eyes 👀
factory 🏭|file_cabinet 🗄️|file_folder 📁|fire 🔥|fire_engine 🚒|first_place_medal 🥇|five 5️⃣|floppy_disk 💾
four 4️⃣|ghost 👻|gear ⚙️|gem 💎|gift 🎁|globe_with_meridians 🌐|green_book 📗|green_heart 💚|grey_question ❔|grin 😁
hammer 🔨|hammer_and_wrench 🛠️|handshake 🤝|heart ❤️|heavy_check_mark ✔️|heavy_multiplication_x ✖️|heavy_plus_sign ➕
hospital 🏥|hourglass ⌛|hourglass_flowing_sand ⏳|house 🏠|hushed 😯|inbox_tray 📥|information_source ℹ️|joy 😂|key 🔑
label 🏷️|large_blue_circle 🔵|large_green_circle 🟢|large_orange_circle 🟠|large_purple_circle 🟣|large_yellow_circle 🟡
link 🔗|lock 🔒|lock_with_ink_pen 🔏|loudspeaker 📢|mag 🔍|mag_right 🔎|mailbox 📫|man 👨|medal 🏅|mega 📣|memo 📝
microscope 🔬|money_with_wings 💸|muscle 💪|mute 🔇|new 🆕|newspaper 📰|nine 9️⃣|no_bell 🔕|no_entry ⛔|no_entry_sign 🚫
ocean 🌊|octagonal_sign 🛑|office 🏢|ok 🆗|ok_hand 👌|one 1️⃣|open_book 📖|open_file_folder 📂|outbox_tray 📤|package 📦
page_facing_up 📄|page_with_curl 📃|pager 📟|paperclip 📎|partly_sunny ⛅|partying_face 🥳|pencil ✏️|pencil2 ✏️
point_down 👇|point_left 👈|point_right 👉|point_up ☝️|pray 🙏|pushpin 📌|question ❓|rainbow 🌈|raised_hands 🙌
receipt 🧾|recycle ♻️|red_circle 🔴|repeat 🔁|robot_face 🤖|rocket 🚀|rotating_light 🚨|round_pushpin 📍|sad 😞
satellite 🛰️|scales ⚖️|scroll 📜|second_place_medal 🥈|seedling 🌱|seven 7️⃣|shield 🛡️|ship 🚢|shrug 🤷|six 6️⃣|skull 💀
slightly_frowning_face 🙁|slightly_smiling_face 🙂|smile 😄|smiley 😃|smirk 😏|snowflake ❄️|sos 🆘|sparkle ❇️|sparkles ✨
speech_balloon 💬|star ⭐|star2 🌟|stopwatch ⏱️|sunglasses 😎|sunny ☀️|sweat_smile 😅|tada 🎉|telephone_receiver 📞
test_tube 🧪|thinking_face 🤔|third_place_medal 🥉|three 3️⃣|thread 🧵|ticket 🎫|timer_clock ⏲️|toolbox 🧰|trophy 🏆
triangular_flag_on_post 🚩|triangular_ruler 📐|truck 🚚|twisted_rightwards_arrows 🔀|two 2️⃣|unicorn_face 🦄|unlock 🔓
vertical_traffic_light 🚦|warning ⚠️|wastebasket 🗑️|watch ⌚|wave 👋|white_check_mark ✅|white_circle ⚪
white_large_square ⬜|woman 👩|world_map 🗺️|wrench 🔧|x ❌|yellow_heart 💛|zap ⚡|zero 0️⃣|zzz 💤`;

/** @type {Map<string, string>} */
export const EMOJI = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((pair) => /** @type {[string, string]} */ (pair.split(" "))),
);

/** The character of `name`, or null when it is not in the table. */
export function emoji(name) {
  return EMOJI.get(name) ?? null;
}
