//! What one text says differently from another, word by word, for eyes that look through many alike.

/// How many words may differ before everything between the equal ends counts as different.
const MOST: usize = 400;

/// The pieces of a text, each with whether the common text says something else there. Joined they are the text.
pub fn compare(common: &str, text: &str) -> Vec<(String, bool)> {
    let (common, words) = (pieces(common, false), pieces(text, false));
    let differs = differing(&common, &words);
    let mut found: Vec<(String, bool)> = Vec::new();
    for (word, differs) in words.iter().zip(differs) {
        match found.last_mut() {
            Some((text, last)) if *last == differs => text.push_str(word),
            _ => found.push(((*word).to_owned(), differs)),
        }
    }
    found
}

/// The HTML with the words that the common HTML does not say put into `<ins>`; tags, styles and what stands in the head are left alone.
pub fn mark(common: &str, html: &str) -> String {
    let (common, pieces) = (pieces(common, true), pieces(html, true));
    let differs = differing(&common, &pieces);
    let mut marked = String::with_capacity(html.len() + 64);
    let mut hidden: Option<&str> = None;
    for (piece, differs) in pieces.iter().zip(differs) {
        let tag = piece.strip_prefix('<').map(|it| it.to_ascii_lowercase());
        let is_word = tag.is_none() && !piece.trim().is_empty();
        if differs && is_word && hidden.is_none() {
            marked.push_str("<ins>");
            marked.push_str(piece);
            marked.push_str("</ins>");
        } else {
            marked.push_str(piece);
        }
        if let Some(tag) = tag {
            hidden = match hidden {
                Some(open) if tag.strip_prefix('/').is_some_and(|it| it.starts_with(open)) => None,
                None => ["head", "style", "title"]
                    .into_iter()
                    .find(|it| tag.strip_prefix(it).is_some_and(|it| it.starts_with(['>', ' ', '\n', '\t']))),
                open => open,
            };
        }
    }
    marked
}

/// Words and what stands between them; of HTML each tag and comment is one piece.
fn pieces(text: &str, is_html: bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '<' if is_html && rest.starts_with("<!--") => rest.find("-->").map_or(rest.len(), |it| it + 3),
            '<' if is_html => rest.find('>').map_or(rest.len(), |it| it + 1),
            it if it.is_whitespace() => rest.find(|it: char| !it.is_whitespace()).unwrap_or(rest.len()),
            it => {
                let stop = |it: char| it.is_whitespace() || (is_html && it == '<');
                let from = it.len_utf8();
                rest[from..].find(stop).map_or(rest.len(), |it| it + from)
            }
        };
        let (piece, behind) = rest.split_at(end);
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

/// Which of the pieces are not in the common ones at that place (Myers 1986).
fn differing(common: &[&str], pieces: &[&str]) -> Vec<bool> {
    let start = common.iter().zip(pieces).take_while(|(a, b)| a == b).count();
    let (common, rest) = (&common[start..], &pieces[start..]);
    let end = common.iter().rev().zip(rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (common, middle) = (&common[..common.len() - end], &rest[..rest.len() - end]);
    let mut differs = vec![false; start];
    differs.extend(middle_differs(common, middle));
    differs.resize(pieces.len(), false);
    differs
}

fn middle_differs(old: &[&str], new: &[&str]) -> Vec<bool> {
    let (n, m) = (old.len() as isize, new.len() as isize);
    let most = MOST.min(old.len() + new.len()) as isize;
    let offset = most + 1;
    let mut reach = vec![0_isize; (2 * offset + 1) as usize];
    let mut trace: Vec<Vec<isize>> = Vec::new();
    for d in 0..=most {
        trace.push(reach.clone());
        for k in (-d..=d).step_by(2) {
            let down = k == -d || (k != d && reach[(offset + k - 1) as usize] < reach[(offset + k + 1) as usize]);
            let mut x = if down { reach[(offset + k + 1) as usize] } else { reach[(offset + k - 1) as usize] + 1 };
            while x < n && x - k < m && old[x as usize] == new[(x - k) as usize] {
                x += 1;
            }
            reach[(offset + k) as usize] = x;
            if n <= x && m <= x - k {
                return walk_back(&trace, offset, (n, m));
            }
        }
    }
    vec![true; new.len()]
}

/// Goes back over the shortest way and notes what it put in.
fn walk_back(trace: &[Vec<isize>], offset: isize, (n, m): (isize, isize)) -> Vec<bool> {
    let mut differs = vec![false; m as usize];
    let (mut x, mut y) = (n, m);
    for (d, reach) in trace.iter().enumerate().rev() {
        let (d, k) = (d as isize, x - y);
        let down = k == -d || (k != d && reach[(offset + k - 1) as usize] < reach[(offset + k + 1) as usize]);
        let before = if down { k + 1 } else { k - 1 };
        let from = reach[(offset + before) as usize];
        if d == 0 {
            break;
        }
        if down {
            differs[(from - before) as usize] = true;
        }
        (x, y) = (from, from - before);
    }
    differs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(common: &str, text: &str) -> String {
        compare(common, text).into_iter().map(|(text, differs)| if differs { format!("[{text}]") } else { text }).collect()
    }

    #[test]
    fn only_the_words_that_differ_are_told() {
        assert_eq!(shown("Vážená pani Vzorová, dobrý deň.", "Vážená pani Nová, dobrý deň."), "Vážená pani [Nová,] dobrý deň.");
        assert_eq!(shown("a b c", "a b c"), "a b c");
        assert_eq!(shown("", "nové slová"), "[nové slová]");
        assert_eq!(shown("a b c d", "x b y d"), "[x] b [y] d");
    }

    #[test]
    fn tags_and_styles_are_never_marked() {
        let common = "<html><head><title>Ahoj Eva</title><style>p{color:red}</style></head><body><p>Ahoj Eva</p></body></html>";
        let html = "<html><head><title>Ahoj Jana</title><style>p{color:blue}</style></head><body><p class=\"x\">Ahoj Jana</p></body></html>";
        let marked = mark(common, html);
        assert_eq!(marked.replace("<ins>", "").replace("</ins>", ""), html);
        assert_eq!(marked.matches("<ins>").count(), 1);
        assert!(marked.contains("Ahoj <ins>Jana</ins>"));
    }

    #[test]
    fn texts_that_have_nothing_in_common_are_told_quickly() {
        let one: String = (0..5_000).map(|n| format!("a{n} ")).collect();
        let other: String = (0..5_000).map(|n| format!("b{n}\t")).collect();
        assert_eq!(compare(&one, &other), [(other.clone(), true)]);
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(common in "[a-c ]{0,40}", text in "[a-c ]{0,40}") {
            let joined: String = compare(&common, &text).into_iter().map(|it| it.0).collect();
            prop_assert_eq!(joined, text);
        }

        #[test]
        fn what_does_not_differ_stands_in_the_common_text(common in "[a-c ]{0,40}", text in "[a-c ]{0,40}") {
            let equal: Vec<String> = compare(&common, &text).into_iter().filter(|it| !it.1).map(|it| it.0).collect();
            let mut rest = common.as_str();
            for piece in equal.iter().flat_map(|it| pieces(it, false)) {
                let at = rest.find(piece);
                prop_assert!(at.is_some());
                rest = &rest[at.unwrap() + piece.len()..];
            }
        }
    }
}
