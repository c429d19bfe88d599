//! Names without diacritics, for addresses.

/// The text in lower case, without diacritics, with a hyphen for everything else.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for it in text.chars().flat_map(char::to_lowercase) {
        let plain = match it {
            'á' | 'ä' => 'a',
            'č' => 'c',
            'ď' => 'd',
            'é' | 'ě' => 'e',
            'í' => 'i',
            'ĺ' | 'ľ' => 'l',
            'ň' => 'n',
            'ó' | 'ô' => 'o',
            'ŕ' | 'ř' => 'r',
            'š' => 's',
            'ť' => 't',
            'ú' | 'ů' => 'u',
            'ý' => 'y',
            'ž' => 'z',
            'a'..='z' | '0'..='9' => it,
            _ => '-',
        };
        if plain != '-' || !slug.ends_with('-') {
            slug.push(plain);
        }
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_become_parts_of_addresses() {
        assert_eq!(slug("Květinářství Říp s.r.o."), "kvetinarstvi-rip-s-r-o");
        assert_eq!(slug("Ľubica Ďuricová"), "lubica-duricova");
    }
}
