//! Texts without case and accents, for finding what people mean.

/// The text in small letters without the accents of Czech, Slovak and their neighbours.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// The small letter without its accent.
fn plain(it: char) -> char {
    match it {
        'č' => 'c',
        'ř' => 'r',
        'š' => 's',
        'ž' => 'z',
        it => crate::collate::plain(it),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_make_no_difference() {
        assert_eq!(fold("Příliš ŽLUŤOUČKÝ kôň"), "prilis zlutoucky kon");
        assert_eq!(fold("ĽÔŤŔĹ 12-B"), "lotrl 12-b");
    }
}
