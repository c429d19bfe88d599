//! Fields offered while somebody types `{` and a part of a name into a line.

use model::fold::fold;

use super::EditorField;

/// How many are offered at most.
const SHOWN: usize = 50;
/// The longest part of a name, in characters.
const NAME_MAX: usize = 40;

/// Where the typed brace stands and what follows it up to the cursor; both in bytes of the line. Nothing when no field is being typed.
pub fn typed(line: &str, cursor: usize) -> Option<(usize, &str)> {
    let before = line.get(..cursor)?;
    let brace = before.rfind('{')?;
    let words = &before[brace + 1..];
    let start = if before[..brace].ends_with('{') { brace - 1 } else { brace };
    let is_name = words.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | '.' | ' '));
    (is_name && words.chars().count() <= NAME_MAX).then_some((start, words))
}

/// The fields whose name, path or heading has all the words; those whose name begins so come first.
pub fn matching(fields: &[EditorField], words: &str) -> Vec<EditorField> {
    let words: Vec<String> = fold(words).split_whitespace().map(str::to_owned).collect();
    let has_all = |it: &&EditorField| {
        let text = fold(&format!("{} {} {}", it.label, it.path, it.group));
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut found: Vec<EditorField> = fields.iter().filter(has_all).cloned().collect();
    if let Some(first) = words.first() {
        found.sort_by_key(|it| !fold(&it.label).starts_with(first.as_str()));
    }
    found.truncate(SHOWN);
    found
}

/// The byte of a place that browsers count in UTF-16 units.
pub fn byte_of(line: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, it) in line.char_indices() {
        if units <= seen {
            return at;
        }
        seen += it.len_utf16();
    }
    line.len()
}

/// How many UTF-16 units stand before a byte.
pub fn units_before(line: &str, byte: usize) -> usize {
    line[..byte].encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(path: &str, label: &str) -> EditorField {
        EditorField { path: path.into(), label: label.into(), group: "Kontakt".into(), sample: String::new() }
    }

    #[test]
    fn a_brace_opens_and_an_end_of_the_code_closes() {
        assert_eq!(typed("Pre {", 5), Some((4, "")));
        assert_eq!(typed("Pre {{ men", 10), Some((4, " men")));
        assert_eq!(typed("{{ a }} x", 9), None);
        assert_eq!(typed("Ž {m", 5), Some((3, "m")));
        assert_eq!(typed("bez", 3), None);
    }

    #[test]
    fn fields_are_found_by_name_path_and_heading() {
        let fields = [field("contact.full", "Celé meno"), field("contact.name", "Meno"), field("contact.town", "Mesto")];
        let paths = |words: &str| matching(&fields, words).into_iter().map(|it| it.path).collect::<Vec<_>>();
        assert_eq!(paths("MENO"), ["contact.name", "contact.full"]);
        assert_eq!(paths("kont town"), ["contact.town"]);
        assert_eq!(paths("").len(), 3);
    }

    #[test]
    fn places_are_counted_as_browsers_do() {
        assert_eq!(byte_of("Ž😀a", 3), 6);
        assert_eq!(units_before("Ž😀a", 6), 3);
        assert_eq!(byte_of("ab", 9), 2);
    }
}
