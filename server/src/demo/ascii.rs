//! Names without diacritics, for addresses.

/// The text in lower case, without diacritics, with a hyphen for everything else.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for it in model::fold::fold(text).chars() {
        match it {
            'a'..='z' | '0'..='9' => slug.push(it),
            _ if !slug.ends_with('-') => slug.push('-'),
            _ => {}
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
