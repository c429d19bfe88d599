//! Text that is no merge code although it looks like it.

use std::borrow::Cow;

/// A template that says exactly this text. What was filled once, or comes from elsewhere, is put so into a text that will be filled again.
pub fn literal(text: &str) -> Cow<'_, str> {
    if !has_code(text) {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = next(rest) {
        let (before, mark) = rest.split_at(at);
        let (mark, behind) = mark.split_at(2);
        for piece in [before, "{% raw %}", mark, "{% endraw %}"] {
            quoted.push_str(piece);
        }
        rest = behind;
    }
    quoted.push_str(rest);
    Cow::Owned(quoted)
}

/// Whether there is anything in a text that merging would change or refuse.
pub fn has_code(text: &str) -> bool {
    next(text).is_some()
}

/// Where the next tag would begin.
fn next(text: &str) -> Option<usize> {
    let is_mark = |at: &usize| text[*at..].starts_with("{{") || text[*at..].starts_with("{%");
    text.match_indices('{').map(|it| it.0).find(is_mark)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::merge::{Catalogue, Language, Place, Template, Values};

    fn filled(source: &str) -> String {
        let template = Template::compile(source, Place::Text, &Catalogue::default(), Language::Slovak).unwrap();
        template.render(&Values::default()).unwrap()
    }

    #[test]
    fn what_holds_no_code_stays_as_it_is() {
        assert!(matches!(literal("a { b } %} }} {#"), Cow::Borrowed(_)));
        assert!(!has_code("{ {") && has_code("x{%") && has_code("{{"));
    }

    #[test]
    fn code_in_a_value_is_only_text() {
        for text in ["{{ company.email }}", "{% endraw %}{{ x }}", "{{{{{", "{{% raw %}", "{%{%", "{{# x #}}", "a\n{{-\n"] {
            assert_eq!(filled(&literal(text)), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_out_as_it_went_in(text in "([{%}#a \\n-]|raw|endraw){0,24}") {
            prop_assert_eq!(filled(&literal(&text)), text);
        }
    }
}
