//! What a field may hold, shown in a few letters, and what can be done to its value.

use content::letter;
use content::merge::{FILTERS, Language as Spoken, Place, Template};
use model::{Language, MergeField, MergeKind, MergeValue, MergeValues};

/// A value in a few letters; nothing for one that is missing.
pub fn sample(value: &MergeValue) -> String {
    if let MergeValue::List(rows) = value {
        return format!("× {}", rows.len());
    }
    let field = MergeField { path: "it".into(), kind: kind_of(value), sample: value.clone(), ..MergeField::default() };
    shown(&field, "", Language::Sk).unwrap_or_default()
}

/// How the sample of a field is written with these filters; nothing when the filters are wrong or there is no sample.
pub fn shown(field: &MergeField, filter: &str, language: Language) -> Option<String> {
    let code = if filter.trim().is_empty() {
        format!("{{{{ {} }}}}", field.path)
    } else {
        format!("{{{{ {} | {filter} }}}}", field.path)
    };
    let fields = std::slice::from_ref(field);
    let template = Template::compile(&code, Place::Text, &letter::catalogue(fields), Spoken::from(language)).ok()?;
    template.render(&letter::values(&MergeValues::samples(fields))).ok()
}

/// The filters that a field takes, each as it is written: with its usual arguments in this language; `fallback` is asked for by itself.
pub fn filters(kind: MergeKind, language: Language) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for info in FILTERS.iter().filter(|it| it.name != "fallback" && it.takes.iter().any(|it| *it == kind)) {
        for arguments in info.arguments {
            let code = format!("{}{arguments}", info.name);
            let field = MergeField { path: "it".into(), kind, ..MergeField::default() };
            let is_right = Template::compile(
                &format!("{{{{ it | {code} }}}}"),
                Place::Text,
                &letter::catalogue(&[field]),
                Spoken::from(language),
            );
            if is_right.is_ok() {
                found.push((info.name, code));
            }
        }
    }
    found
}

fn kind_of(value: &MergeValue) -> MergeKind {
    match value {
        MergeValue::Text(_) | MergeValue::Missing => MergeKind::Text,
        MergeValue::Number(_) => MergeKind::Number,
        MergeValue::Money { .. } => MergeKind::Money,
        MergeValue::Date(_) => MergeKind::Date,
        MergeValue::DateTime { .. } => MergeKind::DateTime,
        MergeValue::Bool(_) => MergeKind::Bool,
        MergeValue::List(_) => MergeKind::Collection,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_shown_as_it_would_be_written() {
        assert_eq!(sample(&MergeValue::Text("Eva".into())), "Eva");
        assert_eq!(sample(&MergeValue::Money { minor: 123_450, currency: "EUR".into() }), "1\u{a0}234,50\u{a0}€");
        assert_eq!(sample(&MergeValue::List(vec![Default::default(); 2])), "× 2");
        assert_eq!(sample(&MergeValue::Missing), "");
    }

    #[test]
    fn filters_are_those_of_the_kind_and_of_the_language() {
        let codes = |kind, language| filters(kind, language).into_iter().map(|it| it.1).collect::<Vec<_>>();
        let dates = codes(MergeKind::Date, Language::Sk);
        assert!(dates.contains(&"date".to_owned()) && dates.contains(&"date(\"d. M. yyyy\")".to_owned()), "{dates:?}");
        assert!(!dates.iter().any(|it| it.starts_with("upper")));
        assert!(codes(MergeKind::Text, Language::Sk).contains(&"salutation".to_owned()));
    }

    #[test]
    fn wrong_filters_show_nothing() {
        let field =
            MergeField { path: "contact.name".into(), sample: MergeValue::Text("Jan Novák".into()), ..MergeField::default() };
        assert_eq!(shown(&field, "upper", Language::Cs).as_deref(), Some("JAN NOVÁK"));
        assert_eq!(shown(&field, "money", Language::Cs), None);
    }
}
