use proptest::prelude::*;

use super::*;

#[test]
fn the_basic_table_has_127_different_signs() {
    let mut signs: Vec<char> = BASIC.chars().collect();
    signs.sort_unstable();
    signs.dedup();
    assert_eq!((BASIC.chars().count(), signs.len()), (127, 127));
}

#[test]
fn an_empty_text_takes_no_segment() {
    let count = count("");
    assert_eq!((count.n_segments, count.n_units, count.n_left), (0, 0, 160));
    assert!(segments("").is_empty());
}

#[test]
fn seven_bit_texts_break_at_160_and_then_every_153() {
    for (n, n_segments, n_left) in
        [(1, 1, 159), (160, 1, 0), (161, 2, 145), (306, 2, 0), (307, 3, 152), (459, 3, 0), (460, 4, 152)]
    {
        let count = count(&"a".repeat(n));
        assert_eq!((count.n_segments, count.n_units, count.n_left), (n_segments, n, n_left), "{n}");
    }
}

#[test]
fn unicode_texts_break_at_70_and_then_every_67() {
    for (n, n_segments, n_left) in [(1, 1, 69), (70, 1, 0), (71, 2, 63), (134, 2, 0), (135, 3, 66)] {
        let count = count(&"č".repeat(n));
        assert_eq!((count.alphabet, count.n_segments, count.n_left), (Alphabet::Unicode, n_segments, n_left), "{n}");
    }
}

#[test]
fn signs_of_the_extension_table_take_two() {
    for sign in EXTENSION.chars() {
        let count = count(&sign.to_string());
        assert_eq!((count.alphabet, count.n_units), (Alphabet::Gsm7, 2), "{sign:?}");
    }
    assert_eq!(count(&"€".repeat(80)).n_segments, 1);
    assert_eq!(count(&"€".repeat(81)).n_segments, 2);
}

#[test]
fn an_escape_is_never_cut_in_two() {
    let text = format!("{}€{}", "a".repeat(152), "b".repeat(20));
    assert_eq!(segments(&text)[0].chars().count(), 152);
    assert!(segments(&text)[1].starts_with('€'));
}

#[test]
fn a_surrogate_pair_is_never_cut_in_two() {
    let text = format!("{}😀{}", "č".repeat(66), "b".repeat(20));
    assert_eq!(segments(&text)[0], "č".repeat(66));
}

#[test]
fn the_letters_that_force_unicode_are_named_once_in_order() {
    assert_eq!(count("Vážený zákazník, žiadame").forcing, ['á', 'ž', 'ý', 'í']);
    assert!(count("Ä ö ü é ß à Ñ § ¿ Ω €").forcing.is_empty());
}

#[test]
fn every_slovak_and_czech_letter_has_a_plain_likeness() {
    let text = "áäčďéěíĺľňóôŕřšťúůýž ÁÄČĎÉĚÍĹĽŇÓÔŔŘŠŤÚŮÝŽ „x“ – …";
    assert_eq!(without_diacritics(text), "aacdeeillnoorrstuuyz AACDEEILLNOORRSTUUYZ \"x\" - ...");
    assert_eq!(count(&without_diacritics(text)).alphabet, Alphabet::Gsm7);
    assert_eq!(without_diacritics("c\u{30c}aj"), "caj");
    assert_eq!(without_diacritics("Привет 😀"), "Привет 😀");
}

#[test]
fn dear_signs_are_counted_and_replaced_outside_of_merge_code() {
    let source = "Vážená pani {{ contact.name | fallback(\"á\") }}, ž 😀 … €";
    let found: Vec<_> = dear(source).into_iter().map(|it| (it.sign, it.times, it.instead)).collect();
    let expected = [('á', 2, "a"), ('ž', 2, "z"), ('😀', 1, ""), ('…', 1, "...")].map(|(sign, n, it)| (sign, n, it.to_owned()));
    assert_eq!(found, expected);
    assert_eq!(replaced(source, 'á'), "Važena pani {{ contact.name | fallback(\"á\") }}, ž 😀 … €");
    assert_eq!(replaced("a😀b", '😀'), "ab");
}

#[test]
fn what_latin_1_lacks_makes_a_plain_text_dear_where_that_is_written() {
    let text = format!("{}€", "x".repeat(100));
    assert_eq!((count(&text).n_segments, count(&text).forcing), (1, Vec::new()));
    let written = count_as(&text, true);
    assert_eq!((written.alphabet, written.n_segments, written.forcing), (Alphabet::Unicode, 2, vec!['€']));
    assert_eq!(count_as("[Ä] à", true).alphabet, Alphabet::Gsm7);
    let dear = dear_as("5 € a Δ", true);
    assert_eq!(dear.iter().map(|it| (it.sign, it.instead.as_str())).collect::<Vec<_>>(), [('€', "EUR"), ('Δ', "")]);
    assert_eq!(replaced("5 €", '€'), "5 EUR");
}

proptest! {
    #[test]
    fn segments_join_to_the_text_and_each_fits(text in "[a-zA-Z€{}\\[\\]|čž😀\n ]{0,400}|[a-z€^]{140,320}|[áč😀🏳]{30,140}") {
        let count = count(&text);
        let pieces = segments(&text);
        prop_assert_eq!(pieces.concat(), text.clone());
        prop_assert_eq!(pieces.len(), count.n_segments);
        let room = if pieces.len() == 1 { count.alphabet.alone() } else { count.alphabet.joined() };
        let units = |piece: &str| piece.chars().filter_map(|it| count.alphabet.width(it)).sum::<usize>();
        for piece in &pieces {
            prop_assert!(!piece.is_empty() && units(piece) <= room);
        }
        for pair in pieces.windows(2) {
            let next = pair[1].chars().next().and_then(|it| count.alphabet.width(it)).unwrap_or(0);
            prop_assert!(room < units(pair[0]) + next, "a segment was left with room for the next character");
        }
    }

    #[test]
    fn what_is_left_is_exactly_what_still_fits(text in "[a-z€]{1,320}|[č😀]{1,150}") {
        let before = count(&text);
        let filler = if before.alphabet == Alphabet::Gsm7 { "a" } else { "č" };
        prop_assert_eq!(count(&format!("{text}{}", filler.repeat(before.n_left))).n_segments, before.n_segments);
        let more = format!("{text}{}", filler.repeat(before.n_left + 1));
        prop_assert!(before.n_segments < count(&more).n_segments);
    }

    #[test]
    fn plain_text_is_plain_after_one_time(text in "\\PC{0,80}") {
        let once = without_diacritics(&text);
        prop_assert_eq!(without_diacritics(&once), once.clone());
        prop_assert!(count(&once).forcing.len() <= count(&text).forcing.len());
    }

    #[test]
    fn a_text_without_its_dear_signs_is_cheap(source in "[a-zčďž😀…„“{} ]{0,60}") {
        let cheap = dear(&source).iter().fold(source.clone(), |text, it| replaced(&text, it.sign));
        prop_assert!(dear(&cheap).is_empty());
    }
}
