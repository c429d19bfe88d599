//! Icons of the sprite. They decorate: the name beside them says it.

use leptos::prelude::*;

use crate::browser::assets;

/// A picture of the sprite, by its Lucide name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Glyph(pub &'static str);

/// Draws an icon in the colour of the text around it.
#[component]
pub fn Icon(
    /// Which one.
    glyph: Glyph,
    /// 20 instead of 16 px.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! {
        <svg class="icon" class:large=large aria-hidden="true" focusable="false">
            <use_ href=format!("{}#{}", assets::icons(), glyph.0) />
        </svg>
    }
}

impl Glyph {
    /// Lucide `activity`.
    pub const ACTIVITY: Self = Self("activity");
    /// Lucide `archive`.
    pub const ARCHIVE: Self = Self("archive");
    /// Lucide `arrow-down`.
    pub const ARROW_DOWN: Self = Self("arrow-down");
    /// Lucide `arrow-left`.
    pub const ARROW_LEFT: Self = Self("arrow-left");
    /// Lucide `arrow-right`.
    pub const ARROW_RIGHT: Self = Self("arrow-right");
    /// Lucide `arrow-up`.
    pub const ARROW_UP: Self = Self("arrow-up");
    /// Lucide `at-sign`.
    pub const AT_SIGN: Self = Self("at-sign");
    /// Lucide `ban`.
    pub const BAN: Self = Self("ban");
    /// Lucide `bell`.
    pub const BELL: Self = Self("bell");
    /// Lucide `building-2`.
    pub const BUILDING_2: Self = Self("building-2");
    /// Lucide `calendar`.
    pub const CALENDAR: Self = Self("calendar");
    /// Lucide `check`.
    pub const CHECK: Self = Self("check");
    /// Lucide `check-check`.
    pub const CHECK_CHECK: Self = Self("check-check");
    /// Lucide `chevron-down`.
    pub const CHEVRON_DOWN: Self = Self("chevron-down");
    /// Lucide `chevron-left`.
    pub const CHEVRON_LEFT: Self = Self("chevron-left");
    /// Lucide `chevron-right`.
    pub const CHEVRON_RIGHT: Self = Self("chevron-right");
    /// Lucide `chevron-up`.
    pub const CHEVRON_UP: Self = Self("chevron-up");
    /// Lucide `chevrons-up-down`.
    pub const CHEVRONS_UP_DOWN: Self = Self("chevrons-up-down");
    /// Lucide `circle`.
    pub const CIRCLE: Self = Self("circle");
    /// Lucide `circle-alert`.
    pub const CIRCLE_ALERT: Self = Self("circle-alert");
    /// Lucide `circle-check`.
    pub const CIRCLE_CHECK: Self = Self("circle-check");
    /// Lucide `circle-dot`.
    pub const CIRCLE_DOT: Self = Self("circle-dot");
    /// Lucide `circle-help`.
    pub const CIRCLE_HELP: Self = Self("circle-help");
    /// Lucide `circle-minus`.
    pub const CIRCLE_MINUS: Self = Self("circle-minus");
    /// Lucide `circle-slash`.
    pub const CIRCLE_SLASH: Self = Self("circle-slash");
    /// Lucide `circle-x`.
    pub const CIRCLE_X: Self = Self("circle-x");
    /// Lucide `clock`.
    pub const CLOCK: Self = Self("clock");
    /// Lucide `clock-alert`.
    pub const CLOCK_ALERT: Self = Self("clock-alert");
    /// Lucide `code`.
    pub const CODE: Self = Self("code");
    /// Lucide `columns-3`.
    pub const COLUMNS_3: Self = Self("columns-3");
    /// Lucide `command`.
    pub const COMMAND: Self = Self("command");
    /// Lucide `copy`.
    pub const COPY: Self = Self("copy");
    /// Lucide `corner-up-left`.
    pub const CORNER_UP_LEFT: Self = Self("corner-up-left");
    /// Lucide `corner-up-right`.
    pub const CORNER_UP_RIGHT: Self = Self("corner-up-right");
    /// Lucide `database`.
    pub const DATABASE: Self = Self("database");
    /// Lucide `download`.
    pub const DOWNLOAD: Self = Self("download");
    /// Lucide `ellipsis`.
    pub const ELLIPSIS: Self = Self("ellipsis");
    /// Lucide `external-link`.
    pub const EXTERNAL_LINK: Self = Self("external-link");
    /// Lucide `eye`.
    pub const EYE: Self = Self("eye");
    /// Lucide `eye-off`.
    pub const EYE_OFF: Self = Self("eye-off");
    /// Lucide `file`.
    pub const FILE: Self = Self("file");
    /// Lucide `file-text`.
    pub const FILE_TEXT: Self = Self("file-text");
    /// Lucide `filter`.
    pub const FILTER: Self = Self("filter");
    /// Lucide `forward`.
    pub const FORWARD: Self = Self("forward");
    /// Lucide `globe`.
    pub const GLOBE: Self = Self("globe");
    /// Lucide `grip-vertical`.
    pub const GRIP_VERTICAL: Self = Self("grip-vertical");
    /// Lucide `hard-drive`.
    pub const HARD_DRIVE: Self = Self("hard-drive");
    /// Lucide `history`.
    pub const HISTORY: Self = Self("history");
    /// Lucide `hourglass`.
    pub const HOURGLASS: Self = Self("hourglass");
    /// Lucide `house`.
    pub const HOUSE: Self = Self("house");
    /// Lucide `image`.
    pub const IMAGE: Self = Self("image");
    /// Lucide `inbox`.
    pub const INBOX: Self = Self("inbox");
    /// Lucide `info`.
    pub const INFO: Self = Self("info");
    /// Lucide `key-round`.
    pub const KEY_ROUND: Self = Self("key-round");
    /// Lucide `keyboard`.
    pub const KEYBOARD: Self = Self("keyboard");
    /// Lucide `languages`.
    pub const LANGUAGES: Self = Self("languages");
    /// Lucide `layout-dashboard`.
    pub const LAYOUT_DASHBOARD: Self = Self("layout-dashboard");
    /// Lucide `link`.
    pub const LINK: Self = Self("link");
    /// Lucide `list`.
    pub const LIST: Self = Self("list");
    /// Lucide `list-checks`.
    pub const LIST_CHECKS: Self = Self("list-checks");
    /// Lucide `list-filter`.
    pub const LIST_FILTER: Self = Self("list-filter");
    /// Lucide `loader-circle`.
    pub const LOADER_CIRCLE: Self = Self("loader-circle");
    /// Lucide `lock`.
    pub const LOCK: Self = Self("lock");
    /// Lucide `log-in`.
    pub const LOG_IN: Self = Self("log-in");
    /// Lucide `log-out`.
    pub const LOG_OUT: Self = Self("log-out");
    /// Lucide `mail`.
    pub const MAIL: Self = Self("mail");
    /// Lucide `mail-check`.
    pub const MAIL_CHECK: Self = Self("mail-check");
    /// Lucide `mail-open`.
    pub const MAIL_OPEN: Self = Self("mail-open");
    /// Lucide `mail-x`.
    pub const MAIL_X: Self = Self("mail-x");
    /// Lucide `megaphone`.
    pub const MEGAPHONE: Self = Self("megaphone");
    /// Lucide `menu`.
    pub const MENU: Self = Self("menu");
    /// Lucide `message-square`.
    pub const MESSAGE_SQUARE: Self = Self("message-square");
    /// Lucide `minus`.
    pub const MINUS: Self = Self("minus");
    /// Lucide `monitor`.
    pub const MONITOR: Self = Self("monitor");
    /// Lucide `moon`.
    pub const MOON: Self = Self("moon");
    /// Lucide `paperclip`.
    pub const PAPERCLIP: Self = Self("paperclip");
    /// Lucide `pause`.
    pub const PAUSE: Self = Self("pause");
    /// Lucide `pencil`.
    pub const PENCIL: Self = Self("pencil");
    /// Lucide `phone`.
    pub const PHONE: Self = Self("phone");
    /// Lucide `pin`.
    pub const PIN: Self = Self("pin");
    /// Lucide `play`.
    pub const PLAY: Self = Self("play");
    /// Lucide `plug`.
    pub const PLUG: Self = Self("plug");
    /// Lucide `plus`.
    pub const PLUS: Self = Self("plus");
    /// Lucide `printer`.
    pub const PRINTER: Self = Self("printer");
    /// Lucide `redo-2`.
    pub const REDO_2: Self = Self("redo-2");
    /// Lucide `refresh-cw`.
    pub const REFRESH_CW: Self = Self("refresh-cw");
    /// Lucide `reply`.
    pub const REPLY: Self = Self("reply");
    /// Lucide `rotate-cw`.
    pub const ROTATE_CW: Self = Self("rotate-cw");
    /// Lucide `save`.
    pub const SAVE: Self = Self("save");
    /// Lucide `search`.
    pub const SEARCH: Self = Self("search");
    /// Lucide `send`.
    pub const SEND: Self = Self("send");
    /// Lucide `server`.
    pub const SERVER: Self = Self("server");
    /// Lucide `settings`.
    pub const SETTINGS: Self = Self("settings");
    /// Lucide `shield`.
    pub const SHIELD: Self = Self("shield");
    /// Lucide `shield-check`.
    pub const SHIELD_CHECK: Self = Self("shield-check");
    /// Lucide `sliders-horizontal`.
    pub const SLIDERS_HORIZONTAL: Self = Self("sliders-horizontal");
    /// Lucide `smartphone`.
    pub const SMARTPHONE: Self = Self("smartphone");
    /// Lucide `star`.
    pub const STAR: Self = Self("star");
    /// Lucide `sun`.
    pub const SUN: Self = Self("sun");
    /// Lucide `tag`.
    pub const TAG: Self = Self("tag");
    /// Lucide `trash-2`.
    pub const TRASH_2: Self = Self("trash-2");
    /// Lucide `triangle-alert`.
    pub const TRIANGLE_ALERT: Self = Self("triangle-alert");
    /// Lucide `undo-2`.
    pub const UNDO_2: Self = Self("undo-2");
    /// Lucide `upload`.
    pub const UPLOAD: Self = Self("upload");
    /// Lucide `user`.
    pub const USER: Self = Self("user");
    /// Lucide `user-check`.
    pub const USER_CHECK: Self = Self("user-check");
    /// Lucide `user-plus`.
    pub const USER_PLUS: Self = Self("user-plus");
    /// Lucide `user-x`.
    pub const USER_X: Self = Self("user-x");
    /// Lucide `users`.
    pub const USERS: Self = Self("users");
    /// Lucide `x`.
    pub const X: Self = Self("x");
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPRITE: &str = include_str!("../../assets/icons.svg");
    const NAMES: &str = include_str!("icon.rs");

    #[test]
    fn every_glyph_is_in_the_sprite() {
        let named = NAMES.lines().filter_map(|it| it.trim().strip_prefix("/// Lucide `")?.strip_suffix("`."));
        for id in named {
            assert!(SPRITE.contains(&format!("id=\"{id}\"")), "{id}");
        }
        assert!(SPRITE.contains(Glyph::MAIL.0));
    }
}
