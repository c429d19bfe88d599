//! A text message while it is written: how long it is for one recipient, and for whom it is longest.

use content::letter;
use content::merge::{Catalogue, Diacritics, Language, Place, Template};
use content::sms::{Alphabet, Count, count_as, segments_in, without_diacritics};
use model::MergeValues;

/// A text message for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// As it leaves, in the parts it leaves in.
    pub parts: Vec<String>,
    /// Its length.
    pub count: Count,
    /// Whether it leaves in Latin 1 where it can.
    pub in_latin1: bool,
    /// The fields without a value, each once; they stand in the text as marks.
    pub missing: Vec<String>,
}

/// How a text leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Whether diacritics stay.
    pub diacritics: Diacritics,
    /// Whether the account writes plain texts in Latin 1.
    pub in_latin1: bool,
}

/// Fills and measures a text; nothing when its merge code is wrong.
pub fn measure(
    source: &str,
    catalogue: &Catalogue,
    language: model::Language,
    values: &MergeValues,
    leaving: Leaving,
) -> Option<Measured> {
    let template = Template::compile(source, Place::Sms, catalogue, Language::from(language)).ok()?;
    let preview = template.preview(&letter::values(values)).ok()?;
    let text = if leaving.diacritics == Diacritics::Strip { without_diacritics(&preview.text) } else { preview.text };
    let mut missing: Vec<String> = Vec::new();
    for it in preview.unresolved {
        if !missing.contains(&it.path) {
            missing.push(it.path);
        }
    }
    Some(Measured { missing, ..measure_final(&text, leaving.in_latin1) })
}

/// Measures a text as it leaves, without merge code, by an account that writes plain texts in Latin 1 or not.
pub fn measure_final(text: &str, in_latin1: bool) -> Measured {
    let parts = segments_in(text, Alphabet::as_written(text, in_latin1));
    Measured {
        parts: parts.into_iter().map(str::to_owned).collect(),
        count: count_as(text, in_latin1),
        in_latin1,
        missing: Vec::new(),
    }
}

/// A recipient whose data were looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The name; empty for the samples.
    pub name: String,
    /// The data.
    pub values: MergeValues,
}

/// The longest text among recipients: whose it is, and how long.
pub fn longest(
    source: &str,
    catalogue: &Catalogue,
    language: model::Language,
    seen: &[Seen],
    leaving: Leaving,
) -> Option<(String, Count)> {
    let measured = seen.iter().filter_map(|it| {
        let measured = measure(source, catalogue, language, &it.values, leaving)?;
        Some((it.name.clone(), measured.count))
    });
    // Of equals the first one seen stays.
    measured.reduce(|best, it| if (best.1.n_segments, best.1.n_units) < (it.1.n_segments, it.1.n_units) { it } else { best })
}

#[cfg(test)]
mod tests {
    use model::{MergeField, MergeKind, MergeValue};

    use super::*;

    fn fields() -> Vec<MergeField> {
        let field = |path: &str, kind| MergeField { path: path.into(), kind, ..MergeField::default() };
        vec![field("contact.name", MergeKind::Text), field("order.items", MergeKind::Collection)]
    }

    fn named(name: &str) -> Seen {
        let mut values = MergeValues::default();
        values.set("contact.name", MergeValue::Text(name.into()));
        Seen { name: name.into(), values }
    }

    fn measured(source: &str, name: &str, diacritics: Diacritics) -> Option<Measured> {
        let leaving = Leaving { diacritics, in_latin1: false };
        measure(source, &letter::catalogue(&fields()), model::Language::Sk, &named(name).values, leaving)
    }

    #[test]
    fn where_plain_texts_leave_in_latin_1_a_sign_that_it_lacks_makes_more_parts() {
        let text = format!("{}€", "x".repeat(100));
        let (usual, in_latin1) = (measure_final(&text, false), measure_final(&text, true));
        assert_eq!((usual.parts.len(), usual.count.alphabet), (1, Alphabet::Gsm7));
        assert_eq!((in_latin1.parts.len(), in_latin1.count.alphabet), (2, Alphabet::Unicode));
        assert_eq!(in_latin1.count.forcing, ['€']);
    }

    #[test]
    fn a_text_is_measured_as_it_leaves() {
        let kept = measured("Dobrý deň, {{ contact.name }}", "Žofia", Diacritics::Keep).unwrap();
        assert_eq!((kept.count.alphabet, kept.parts.concat().as_str()), (Alphabet::Unicode, "Dobrý deň, Žofia"));
        let stripped = measured("Dobrý deň, {{ contact.name }}", "Žofia", Diacritics::Strip).unwrap();
        assert_eq!((stripped.count.alphabet, stripped.parts.concat().as_str()), (Alphabet::Gsm7, "Dobry den, Zofia"));
        assert_eq!(measured(&"x".repeat(161), "", Diacritics::Strip).unwrap().parts.len(), 2);
    }

    #[test]
    fn what_is_missing_is_named_once_and_wrong_code_is_not_measured() {
        let measured_blank = measured("{{ contact.name }} {{ contact.name }}", " ", Diacritics::Strip).unwrap();
        assert_eq!(measured_blank.missing, ["contact.name"]);
        assert_eq!(measured("{{ contact.nam }}", "", Diacritics::Strip), None);
        assert_eq!(measured("{% for i in order.items %}x{% endfor %}", "", Diacritics::Strip), None);
    }

    #[test]
    fn the_longest_text_is_found_among_all_that_were_seen() {
        let catalogue = letter::catalogue(&fields());
        let source = format!("{}{{{{ contact.name }}}}", "x".repeat(155));
        let seen = [named("Eva"), named("Bartolomej"), named("Jan"), named("Maximilian")];
        let longest = |seen: &[Seen]| {
            longest(&source, &catalogue, model::Language::Sk, seen, Leaving { diacritics: Diacritics::Keep, in_latin1: false })
        };
        let (name, count) = longest(&seen).unwrap();
        assert_eq!((name.as_str(), count.n_segments), ("Bartolomej", 2));
        assert_eq!(longest(&seen[..1]).unwrap().1.n_segments, 1);
        assert_eq!(longest(&[]), None);
    }
}
