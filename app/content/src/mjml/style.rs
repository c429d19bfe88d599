//! What a style sheet would fetch.

/// The first thing that a style sheet would have fetched: `@import`, or `url(…)` of another host. Where it stands in the text.
pub(super) fn fetched(css: &str) -> Option<(usize, &str)> {
    let small = css.to_ascii_lowercase();
    let import = small.find("@import").map(|at| (at, at + "@import".len()));
    let url = small.match_indices("url(").find_map(|(at, _)| {
        let inside = small[at + 4..].trim_start_matches([' ', '\t', '"', '\'']);
        let is_far = ["http:", "https:", "//"].iter().any(|it| inside.starts_with(it));
        is_far.then(|| (at, small[at..].find(')').map_or(small.len(), |end| at + end + 1)))
    });
    // Escapes such as `\69mport` have no place in the style of a mail.
    let escape = small.find('\\').filter(|at| hides(&small[*at..])).map(|at| (at, at + 1));
    [import, url, escape].into_iter().flatten().min().map(|(start, end)| (start, &css[start..end]))
}

/// Whether an escape stands for a letter of ASCII, and so may hide a word.
fn hides(escape: &str) -> bool {
    let digits: String = escape.chars().skip(1).take(6).take_while(char::is_ascii_hexdigit).collect();
    match u32::from_str_radix(&digits, 16) {
        Ok(code) => char::from_u32(code).is_some_and(|it| it.is_ascii_alphabetic() || it == '@' || it == '('),
        Err(_) => escape.chars().nth(1).is_some_and(|it| it.is_ascii_alphabetic()),
    }
}
