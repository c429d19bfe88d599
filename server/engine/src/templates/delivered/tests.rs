use std::collections::BTreeSet;

use content::letter::{self, Letter};
use content::merge::Diacritics;
use model::MergeValues;
use model::record_type::merge_fields;

use super::*;

fn all() -> Vec<(&'static str, Delivered)> {
    FILES.iter().map(|(key, file)| (*key, read(file).unwrap_or_else(|| panic!("{key} cannot be read")))).collect()
}

#[test]
fn every_delivered_text_speaks_all_languages_and_can_be_saved() {
    for (key, delivered) in all() {
        let languages: Vec<_> = delivered.spoken.iter().map(|it| it.text.language).collect();
        assert_eq!(languages, Language::ALL, "{key}");
        for language in Language::ALL {
            let draft = delivered.clone().draft(language).unwrap();
            assert_eq!(draft.check(), Ok(()), "{key}");
        }
    }
}

#[test]
fn no_two_delivered_texts_have_one_name() {
    for (n, language) in Language::ALL.into_iter().enumerate() {
        let names: BTreeSet<_> = all().iter().map(|(_, it)| model::fold::fold(&it.spoken[n].name)).collect();
        assert_eq!(names.len(), FILES.len(), "{language:?}");
    }
}

/// Each text as it leaves with the samples, one under another.
fn rendered(language: Language) -> String {
    let mut book = String::new();
    for (key, delivered) in all() {
        let fields = merge_fields(delivered.record.as_ref(), &[], language).unwrap();
        let text = &delivered.spoken.iter().find(|it| it.text.language == language).unwrap().text;
        let letter = Letter::compile(text, &letter::catalogue(&fields)).unwrap_or_else(|it| panic!("{key}: {it:#?}"));
        let values = letter::values(&MergeValues::samples(&fields));
        let filled = letter.fill(&values, Diacritics::Keep).unwrap();
        assert_eq!(filled.unresolved, [], "{key} {language:?}");
        let lines = [&filled.subject, &filled.preheader, &filled.text].map(|it| it.trim().replace('\u{a0}', "~"));
        book.push_str(&format!("=== {key}\n{}\n\n", lines.join("\n\n")));
    }
    book
}

#[test]
fn every_delivered_text_reads_with_samples_as_it_was_approved() {
    for language in Language::ALL {
        let approved = match language {
            Language::Sk => include_str!("../../../tests/delivered/sk.txt"),
            Language::Cs => include_str!("../../../tests/delivered/cs.txt"),
            Language::En => include_str!("../../../tests/delivered/en.txt"),
        };
        for (told, approved) in rendered(language).lines().zip(approved.lines()) {
            assert_eq!(told, approved, "{language:?}");
        }
        assert_eq!(rendered(language).lines().count(), approved.lines().count(), "{language:?}");
    }
}

#[test]
fn nothing_is_left_open_when_only_what_must_be_known_is() {
    // Fields that a record always has are in the samples; whatever a contact may lack is asked for or has a fallback.
    for (key, delivered) in all() {
        for it in &delivered.spoken {
            let fields = merge_fields(delivered.record.as_ref(), &[], it.text.language).unwrap();
            let mut values = MergeValues::samples(&fields);
            values.0.retain(|path, _| !path.starts_with("contact.") && !path.starts_with("campaign."));
            for path in ["company.phone", "company.web", "company.address", "company.street", "company.registration_number"] {
                values.0.remove(path);
            }
            let letter = Letter::compile(&it.text, &letter::catalogue(&fields)).unwrap();
            let filled = letter.fill(&letter::values(&values), Diacritics::Keep).unwrap();
            assert_eq!(filled.unresolved, [], "{key}");
        }
    }
}
