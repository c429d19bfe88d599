//! How well the analysis joins the forms of a word and keeps different words apart (figure Q1).

use std::collections::HashMap;

use search::{Change, Index, Restriction};

use crate::bed::{Bed, document};

/// Forms of one word on each line, after its language.
const FORMS: &str = include_str!("forms.txt");

fn lines() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    FORMS.lines().map(|line| {
        let mut words = line.split(' ');
        (words.next().unwrap(), words.collect())
    })
}

/// An index with one message for each form, and the line of each.
fn forms_of(language: &str) -> (Bed, HashMap<i64, usize>) {
    let bed = Bed::new();
    let mut changes = Vec::new();
    let mut line_of = HashMap::new();
    for (n, (_, forms)) in lines().enumerate().filter(|(_, (it, _))| *it == language) {
        for form in forms {
            let id = changes.len() as i64 + 1;
            changes.push(Change::Put(document(id, form)));
            line_of.insert(id, n);
        }
    }
    bed.index.apply(changes, 1).unwrap();
    (bed, line_of)
}

fn found(index: &Index, word: &str) -> Vec<i64> {
    index.find(word, &Restriction::default(), None, 1_000).unwrap().iter().map(|it| it.id).collect()
}

#[test]
fn forms_of_a_word_find_one_another_and_other_words_stay_away() {
    for language in ["sk", "cs", "en"] {
        let (bed, line_of) = forms_of(language);
        let (mut together, mut same, mut wrong, mut others) = (0, 0, 0, 0);
        for (n, (_, forms)) in lines().enumerate().filter(|(_, (it, _))| *it == language) {
            for form in &forms {
                let hits = found(&bed.index, form);
                let right = hits.iter().filter(|it| line_of[it] == n).count();
                together += right;
                same += forms.len();
                wrong += hits.len() - right;
                others += line_of.len() - forms.len();
            }
        }
        assert!(0.95 <= f64::from(together as u32) / f64::from(same as u32), "{language}: {together} of {same}");
        assert!(f64::from(wrong as u32) / f64::from(others as u32) <= 0.005, "{language}: {wrong} of {others}");
    }
}

#[test]
fn a_query_without_diacritics_finds_all_that_the_accented_one_finds() {
    let (bed, _) = forms_of("sk");
    for (_, forms) in lines().filter(|(it, _)| *it == "sk") {
        for form in forms {
            assert_eq!(found(&bed.index, form), found(&bed.index, &plain(form)), "{form}");
        }
    }
}

fn plain(text: &str) -> String {
    let accented = "áäčďéíĺľňóôŕšťúýž".chars();
    let letters: HashMap<char, char> = accented.zip("aacdeillnoorstuyz".chars()).collect();
    text.chars().map(|it| letters.get(&it).copied().unwrap_or(it)).collect()
}

#[test]
fn everyday_words_meet_in_all_their_forms() {
    for forms in [
        "faktúra faktúry faktúre faktúru faktúrou faktúr faktúram faktúrach faktúrami faktuře",
        "zákazník zákazníka zákazníkovi zákazníkom zákazníkem zákazníci zákazníkov zákaznících zákazníkmi",
        "smlouva smlouvy smlouvě smlouvu smlouvou smluv smlouvám smlouvách smlouvami",
        "objednávka objednávky objednávku objednávkou objednávok objednávek objednávkách objednávce",
        "zmluva zmluvy zmlúv zmluvám zmluvami",
    ] {
        let forms: Vec<&str> = forms.split(' ').collect();
        let bed = Bed::with(&forms);
        for form in &forms {
            assert_eq!(bed.ids(form).len(), forms.len(), "{form}");
        }
    }
}
