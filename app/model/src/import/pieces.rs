//! Names and postal addresses that stand in one cell, taken apart.

use crate::fold::fold;
use crate::{ContactDraft, PostalAddress};

/// Words before and behind names that are titles.
const TITLES_AFTER: [&str; 10] = ["phd", "csc", "drsc", "mba", "llm", "msc", "bsc", "ml", "st", "dis"];

/// `Ing. Eva Nová, PhD.`: titles end in a dot, the last word is the last name; `Nová Eva` cannot be told and is taken as it stands.
pub(super) fn put_name(draft: &mut ContactDraft, text: &str) {
    let (name, after) = text.split_once(',').unwrap_or((text, ""));
    let (mut before, mut rest): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for word in name.split_whitespace() {
        if word.ends_with('.') && rest.is_empty() { before.push(word) } else { rest.push(word) }
    }
    let mut behind: Vec<&str> = after.split_whitespace().collect();
    while 1 < rest.len() && rest.last().is_some_and(|it| TITLES_AFTER.contains(&fold(it).replace('.', "").as_str())) {
        behind.insert(0, rest.pop().unwrap_or_default());
    }
    draft.title_before = before.join(" ");
    draft.title_after = behind.join(" ");
    let last = rest.pop().unwrap_or_default();
    draft.first_name = rest.join(" ");
    draft.last_name = last.to_owned();
}

/// `Hlavná 1, 010 01 Žilina, Slovensko`: the piece with the postcode is the town, what is before it the street, what is behind the country.
pub(super) fn put_address(address: &mut PostalAddress, text: &str) {
    let pieces: Vec<&str> = text.split([',', '\n', ';']).map(str::trim).filter(|it| !it.is_empty()).collect();
    let town = pieces.iter().position(|it| postcode(it).is_some());
    let Some(town) = town else {
        address.street = pieces.first().map(|it| (*it).to_owned()).unwrap_or_default();
        address.city = pieces.get(1).map(|it| (*it).to_owned()).unwrap_or_default();
        address.country = pieces.get(2).map(|it| (*it).to_owned()).unwrap_or_default();
        return;
    };
    let (code, city) = postcode(pieces[town]).unwrap_or_default();
    let behind = &pieces[town + 1..];
    address.street = pieces[..town].join(", ");
    address.postcode = code;
    // The postcode may stand alone, before its town.
    let (city, behind) =
        if city.is_empty() && !behind.is_empty() { (behind[0].to_owned(), &behind[1..]) } else { (city, behind) };
    address.city = city;
    address.country = behind.join(", ");
}

/// Postcode and town of a piece as `010 01 Žilina` or `Žilina 01001`.
fn postcode(piece: &str) -> Option<(String, String)> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let digits = |it: &str, n: usize| it.len() == n && it.bytes().all(|it| it.is_ascii_digit());
    let at = words.iter().enumerate().find_map(|(n, word)| {
        let split = digits(word, 3) && words.get(n + 1).is_some_and(|it| digits(it, 2));
        if split { Some((n, 2)) } else { digits(word, 5).then_some((n, 1)) }
    });
    let (n, long) = at?;
    let code: String = words[n..n + long].concat();
    let city = if n == 0 { words[long..].join(" ") } else { words[..n].join(" ") };
    Some((format!("{} {}", &code[..3], &code[3..]), city))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_taken_apart() {
        for (text, parts) in [
            ("Eva Nová", ["", "Eva", "Nová", ""]),
            ("Ing. Mgr. Eva Mária Nová, PhD.", ["Ing. Mgr.", "Eva Mária", "Nová", "PhD."]),
            ("JUDr. Ján Kováč LL.M.", ["JUDr.", "Ján", "Kováč", "LL.M."]),
            ("Nová", ["", "", "Nová", ""]),
        ] {
            let mut draft = ContactDraft::default();
            put_name(&mut draft, text);
            assert_eq!([draft.title_before, draft.first_name, draft.last_name, draft.title_after], parts, "{text}");
        }
    }

    #[test]
    fn whole_addresses_are_taken_apart() {
        for (text, parts) in [
            ("Hlavná 1, 010 01 Žilina, Slovensko", ["Hlavná 1", "010 01", "Žilina", "Slovensko"]),
            ("Příčná 3\n60200 Brno", ["Příčná 3", "602 00", "Brno", ""]),
            ("Dlhá 5, Košice 04001", ["Dlhá 5", "040 01", "Košice", ""]),
            ("Krátka 2, Nitra", ["Krátka 2", "", "Nitra", ""]),
            ("949 01, Nitra", ["", "949 01", "Nitra", ""]),
        ] {
            let mut it = PostalAddress::default();
            put_address(&mut it, text);
            assert_eq!([it.street, it.postcode, it.city, it.country], parts, "{text}");
        }
    }
}
