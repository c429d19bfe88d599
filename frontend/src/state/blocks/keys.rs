//! Names by which fields of the page call what a block may be, and what a closed block says.

use content::blocks::{Align, FONTS, Font, Kind, Split};
use content::html::from_html;
use content::payment::Standard;

/// The longest text that a closed block says, in characters.
const SAYS_MAX: usize = 120;

/// The name of where something stands.
pub fn align_key(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

/// Where something of that name stands.
pub fn align(key: &str) -> Align {
    match key {
        "center" => Align::Center,
        "right" => Align::Right,
        _ => Align::Left,
    }
}

/// The name of how columns share the width.
pub fn split_key(split: Split) -> &'static str {
    match split {
        Split::Even => "even",
        Split::NarrowFirst => "narrow",
        Split::WideFirst => "wide",
    }
}

/// How columns of that name share the width.
pub fn split(key: &str) -> Split {
    match key {
        "narrow" => Split::NarrowFirst,
        "wide" => Split::WideFirst,
        _ => Split::Even,
    }
}

/// The name of a kind of payment code.
pub fn standard_key(standard: Standard) -> &'static str {
    match standard {
        Standard::PayBySquare => "pay-by-square",
        Standard::Spayd => "spayd",
    }
}

/// The kind of payment code of that name.
pub fn standard(key: &str) -> Standard {
    if key == "spayd" { Standard::Spayd } else { Standard::PayBySquare }
}

/// The name of letters.
pub fn font_key(font: Font) -> &'static str {
    FONTS.iter().find(|(it, _)| *it == font).map_or("", |(_, name)| name)
}

/// The letters of that name.
pub fn font(key: &str) -> Font {
    FONTS.iter().find(|(_, name)| *name == key).map_or_else(Font::default, |(it, _)| *it)
}

/// The first words of a block, as it says them while it is closed.
pub fn summary(kind: &Kind) -> String {
    let says = match kind {
        Kind::Header(it) => it.name.clone(),
        Kind::Text(it) => from_html(&it.html).unwrap_or_default(),
        Kind::Footer(it) => from_html(&it.html).unwrap_or_default(),
        Kind::Picture(it) if it.alternative.trim().is_empty() => it.source.clone(),
        Kind::Picture(it) => it.alternative.clone(),
        Kind::Button(it) => it.label.clone(),
        Kind::Items(it) => it.list.clone(),
        Kind::Payment(it) => it.caption.clone(),
        Kind::Spacer(it) => format!("{} px", it.height),
        Kind::Columns(_) | Kind::Divider => String::new(),
    };
    let line = says.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SAYS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use content::blocks::{Spacer, Text};

    use super::*;

    #[test]
    fn every_name_leads_back() {
        assert!([Align::Left, Align::Center, Align::Right].into_iter().all(|it| align(align_key(it)) == it));
        assert!([Split::Even, Split::NarrowFirst, Split::WideFirst].into_iter().all(|it| split(split_key(it)) == it));
        assert!([Standard::PayBySquare, Standard::Spayd].into_iter().all(|it| standard(standard_key(it)) == it));
        assert!(FONTS.into_iter().all(|(it, name)| font(name) == it && font_key(it) == name));
    }

    #[test]
    fn a_closed_block_says_its_first_words_on_one_line() {
        let text = |html: &str| summary(&Kind::Text(Text { html: html.into() }));
        assert_eq!(text("<p>Dobrý&nbsp;deň</p><p>x</p>"), "Dobrý deň x");
        assert_eq!(text(&format!("<p>{}</p>", "á".repeat(200))).chars().count(), SAYS_MAX + 1);
        assert_eq!(summary(&Kind::Spacer(Spacer { height: 20 })), "20 px");
    }
}
