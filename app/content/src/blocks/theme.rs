//! The looks of all blocks of a document.

use serde::{Deserialize, Serialize};

/// The looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Theme {
    /// The letters.
    pub font: Font,
    /// The size of the letters in pixels.
    pub font_size: u32,
    /// The width of the words and pictures in pixels, where there is room.
    pub width: u32,
    /// The colour of the letters, as all colours `#` and six digits.
    pub ink: String,
    /// The colour behind all.
    pub page: String,
    /// The colour behind the words.
    pub surface: String,
    /// The colour of buttons and links.
    pub accent: String,
    /// What happens on dark screens.
    pub dark: Dark,
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            font: Font::default(),
            font_size: 15,
            width: 600,
            ink: "#26282b".into(),
            page: "#f3f1ec".into(),
            surface: "#ffffff".into(),
            accent: "#1d5c63".into(),
            dark: Dark::default(),
        }
    }
}

/// Letters that every computer has; others would have to be fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Font {
    /// Arial and its like.
    #[default]
    Arial,
    /// Verdana and its like, wide.
    Verdana,
    /// Tahoma and its like, narrow.
    Tahoma,
    /// Trebuchet and its like.
    Trebuchet,
    /// Georgia and its like, with serifs.
    Georgia,
}

/// The letters there are, with their names.
pub const FONTS: [(Font, &str); 5] = [
    (Font::Arial, "Arial"),
    (Font::Verdana, "Verdana"),
    (Font::Tahoma, "Tahoma"),
    (Font::Trebuchet, "Trebuchet MS"),
    (Font::Georgia, "Georgia"),
];

/// What happens on dark screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dark {
    /// Dark surfaces and light letters, where the mail program lets the mail choose.
    #[default]
    Adapts,
    /// The mail asks to be shown light.
    StaysLight,
}

impl Font {
    /// The letters and what may stand for them.
    pub(super) fn family(self) -> &'static str {
        match self {
            Self::Arial => "Arial, Helvetica, sans-serif",
            Self::Verdana => "Verdana, Geneva, sans-serif",
            Self::Tahoma => "Tahoma, Verdana, sans-serif",
            Self::Trebuchet => "'Trebuchet MS', Tahoma, sans-serif",
            Self::Georgia => "Georgia, 'Times New Roman', serif",
        }
    }
}

/// Red, green and blue of a colour written as `#1d4e54`.
pub(super) fn color(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|it| it.len() == 6 && it.bytes().all(|it| it.is_ascii_hexdigit()))?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// Black or white, whichever is read better on a colour (WCAG 2.2, relative luminance).
pub(super) fn on(text: &str) -> &'static str {
    let linear = |it: u8| {
        let it = f64::from(it) / 255.0;
        if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = color(text).unwrap_or_default();
    let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    if luminance < 0.1791 { "#ffffff" } else { "#000000" }
}
