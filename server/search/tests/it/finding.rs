//! What a query finds.

use proptest::prelude::*;
use search::{Change, Document, Hit, Order, Reach, Restriction};

use crate::bed::{Bed, NONE, document};

#[test]
fn words_are_found_without_case_diacritics_and_endings() {
    let bed = Bed::with(&["Posielame FAKTÚRU za máj", "Zmluva o dielo", "pošlite faktúry zákazníkom"]);
    for query in ["faktura", "Faktúrou", "FAKTUR"] {
        assert_eq!(bed.ids(query), [3, 1], "{query}");
    }
    assert_eq!(bed.ids("zakaznik faktura"), [3]);
    assert_eq!(bed.ids("zakaznik zmluva"), NONE);
}

#[test]
fn phrases_stand_as_they_were_typed() {
    let bed = Bed::with(&["faktúra po splatnosti", "po faktúre splatnosti", "splatnosti po faktúra"]);
    assert_eq!(bed.ids("\"PO SPLATNOSTI\""), [1]);
    assert_eq!(bed.ids("\"po splatnosť\""), NONE);
    assert_eq!(bed.ids("\"faktúra\""), [3, 1]);
}

#[test]
fn a_phrase_does_not_reach_from_one_text_into_the_next() {
    let bed = Bed::new();
    let recipients = vec!["Eva Nová".to_owned(), "Ján Malý".to_owned()];
    bed.index.apply(vec![Change::Put(Document { id: 1, recipients, ..Document::default() })], 1).unwrap();
    assert_eq!(bed.ids("\"nová ján\""), NONE);
    assert_eq!(bed.ids("\"ján malý\""), [1]);
}

#[test]
fn words_can_be_excluded_and_offered() {
    let bed = Bed::with(&["červená", "červená modrá", "modrá", "zelená"]);
    assert_eq!(bed.ids("červená -modrá"), [1]);
    assert_eq!(bed.ids("-červená"), [4, 3]);
    assert_eq!(bed.ids("zelená OR červená modrá"), [4, 2]);
    assert_eq!(bed.ids("NOT červená NOT modrá"), [4]);
}

#[test]
fn a_beginning_finds_every_word_that_goes_on() {
    let bed = Bed::with(&["fakturácia", "faktor", "faktúra"]);
    assert_eq!(bed.ids("fakt*"), [3, 2, 1]);
    assert_eq!(bed.ids("faktu*"), [3, 1]);
    assert_eq!(bed.ids("f*"), NONE);
    assert_eq!(bed.ids("-faktu*"), [2]);
}

#[test]
fn numbers_are_found_however_they_were_spaced() {
    let bed = Bed::with(&[
        "volajte 0903 622 237",
        "volajte 0903622237",
        "suma 1 234,50 €",
        "IBAN SK31 1200 0000 1987 4263 7541",
        "FA 2026/0012",
    ]);
    for query in ["0903622237", "0903 622 237", "\"0903 622 237\""] {
        assert_eq!(bed.ids(query), [2, 1], "{query}");
    }
    for query in ["1234,50", "1 234,50", "\"1 234,50\""] {
        assert_eq!(bed.ids(query), [3], "{query}");
    }
    for query in ["SK3112000000198742637541", "SK31 1200 0000 1987 4263 7541", "4263 7541"] {
        assert_eq!(bed.ids(query), [4], "{query}");
    }
    assert_eq!(bed.ids("2026/0012"), [5]);
    assert_eq!(bed.ids("0012/2026"), NONE);
}

#[test]
fn parts_of_a_message_can_be_named() {
    let bed = Bed::new();
    let message = Document {
        id: 1,
        subject: "Zmluva".to_owned(),
        body: "Posielame faktúru".to_owned(),
        sender: "Ján Malý <jan@nasa.sk>".to_owned(),
        recipients: vec!["Eva Nová <eva.nova@klient.sk>".to_owned(), "+421903622237".to_owned()],
        attachments: vec!["Cenník_2026.pdf".to_owned()],
        ..Document::default()
    };
    bed.index.apply(vec![Change::Put(message)], 1).unwrap();
    for query in [
        "zmluva faktura eva jan cennik pdf",
        "eva.nova@klient.sk",
        "klient.sk",
        "to:eva",
        "komu:\"Eva Nová\"",
        "to:eva.nova@klient.sk",
        "to:421903622237",
        "od:jan@nasa.sk",
        "subject:zmluvy",
        "príloha:cenník",
        "attachment:2026.pdf",
        "-to:jan",
    ] {
        assert_eq!(bed.ids(query), [1], "{query}");
    }
    for query in ["to:jan", "from:eva", "subject:faktura", "to:zmluva", "nova@klient.sk", "attachment:eva"] {
        assert_eq!(bed.ids(query), NONE, "{query}");
    }
}

#[test]
fn a_restriction_bounds_every_query() {
    let bed = Bed::new();
    let messages = [(1, 10, vec![100]), (2, 20, vec![100, 200]), (3, 10, vec![])].map(|(id, author, contacts)| {
        Change::Put(Document { author, contacts, campaign: (id == 2).then_some(7), ..document(id, "faktúra") })
    });
    bed.index.apply(messages.to_vec(), 1).unwrap();
    let within = |restriction: Restriction| bed.ids_within("faktura", &restriction);
    assert_eq!(within(Restriction { author: Some(10), ..Restriction::default() }), [3, 1]);
    assert_eq!(within(Restriction { contact: Some(100), ..Restriction::default() }), [2, 1]);
    assert_eq!(within(Restriction { contact: Some(100), author: Some(10), ..Restriction::default() }), [1]);
    assert_eq!(within(Restriction { campaign: Some(7), ..Restriction::default() }), [2]);
    assert_eq!(within(Restriction { since: Some(2_000), ..Restriction::default() }), [3, 2]);
    assert_eq!(within(Restriction { until: Some(2_000), ..Restriction::default() }), [1]);
    assert_eq!(bed.ids_within("", &Restriction { author: Some(20), ..Restriction::default() }), [2]);
}

#[test]
fn pages_are_newest_first_without_gap_or_repetition() {
    let bed = Bed::new();
    for batch in 0..5 {
        let changes = (0..20).map(|it| {
            let id = batch * 20 + it + 1;
            // Many share a time, so that the id must decide.
            Change::Put(Document { created_at: (id * 7) % 13, ..document(id, "slovo") })
        });
        bed.index.apply(changes.collect(), batch).unwrap();
    }
    let mut wanted: Vec<Hit> = (1..=100).map(|id| Hit { key: (id * 7) % 13, id }).collect();
    wanted.sort_by(|a, b| b.cmp(a));
    for size in [1, 7, 100] {
        assert_eq!(bed.paged("slovo", size), wanted, "{size}");
    }
    assert!(bed.index.find("slovo", &Restriction::default(), None, 0).unwrap().is_empty());
}

#[test]
fn an_empty_query_finds_everything() {
    let bed = Bed::with(&["a", "b"]);
    for query in ["", "  ", "*", "\"", "AND AND", "((("] {
        assert_eq!(bed.ids(query), [2, 1], "{query}");
    }
}

#[test]
fn hostile_queries_have_an_answer() {
    let bed = Bed::with(&["slovo", "iné slovo"]);
    let deep = format!("{}slovo{}", "(".repeat(50_000), ")".repeat(50_000));
    let queries = [
        "*".to_owned(),
        "AND AND".to_owned(),
        "slovo ".repeat(10_000),
        format!("\"{}\"", "slovo ".repeat(10_000)),
        "\"slovo".to_owned(),
        "slovo\" \"".to_owned(),
        "/.*(a+)+$/".to_owned(),
        "*lovo".to_owned(),
        "field:slovo ::: to:: :".to_owned(),
        "slovo~2^5 [a TO z] {a TO *}".to_owned(),
        "\u{0}\u{202e}\u{feff}😀 slovo".to_owned(),
        "a".repeat(100_000),
        "1 ".repeat(5_000),
        "a@".repeat(5_000),
        "-".repeat(5_000),
        deep,
    ];
    for query in &queries {
        assert!(bed.index.find(query, &Restriction::default(), None, 10).is_ok(), "{:.40}", query);
    }
}

#[test]
fn what_is_left_out_may_be_a_phrase() {
    let bed = Bed::with(&["a b c", "1 2 3 a@b.c", "abc 123"]);
    for query in ["-|:3*3", "-\"3 3\"", "a -\"1 2\"", "-\"1 2\""] {
        assert!(bed.index.find(query, &Restriction::default(), None, 10).is_ok(), "{query}");
        assert!(bed.index.count(query, &Restriction::default()).is_ok(), "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn no_query_fails(queries in prop::collection::vec("\\PC{0,60}|([a-c0-9]|-|\"|\\*|:| |OR|NOT|to:|@|\\|){0,40}", 20)) {
        let bed = Bed::with(&["a b c", "1 2 3 a@b.c", "abc 123"]);
        for query in queries {
            let hits = bed.index.find(&query, &Restriction::default(), None, 10);
            prop_assert!(hits.is_ok(), "{query}: {hits:?}");
            let count = bed.index.count(&query, &Restriction::default());
            prop_assert!(count.is_ok_and(|n| n == hits.map_or(0, |it| it.len() as u64)), "{query}");
        }
    }

    #[test]
    fn every_word_of_a_message_finds_it(text in "[a-zA-ZáčďéíľňóšťúýžÁČŽ0-9@., -]{1,80}") {
        let bed = Bed::with(&[&text]);
        for word in text.split_whitespace().filter(|it| it.chars().all(char::is_alphanumeric)) {
            prop_assume!(!matches!(word, "OR" | "AND" | "NOT"));
            prop_assert_eq!(bed.ids(word), [1], "{}", word);
        }
    }
}

#[test]
fn similar_words_are_found_apart_from_exact_ones() {
    let bed = Bed::with(&["faktúra za tovar", "faktrua za tovar", "fraktura nohy", "zmluva"]);
    let similar = Restriction { reach: Reach::Similar, ..Restriction::default() };
    assert_eq!(bed.ids("faktura"), [1]);
    assert_eq!(bed.ids_within("faktura", &similar), [3, 2]);
    assert_eq!(bed.ids_within("faktura -nohy", &similar), [2]);
    assert_eq!(bed.ids_within("fakturra tovar", &similar), [1]);
    for query in ["\"faktura\"", "za", "", "faktu*"] {
        assert_eq!(bed.ids_within(query, &similar), NONE, "{query}");
    }
    let own = Restriction { author: Some(2), ..similar };
    assert_eq!(bed.ids_within("faktura", &own), NONE);
}

#[test]
fn the_best_answer_comes_first_when_that_is_wanted() {
    let bed = Bed::new();
    let long = "slovo ".repeat(200);
    let messages = [
        Document { subject: "Reklamácia".into(), ..document(1, &long) },
        document(2, "reklamácia, reklamácia"),
        document(3, &format!("reklamácia {long}")),
        document(4, &format!("reklamácia {long}")),
    ];
    bed.index.apply(messages.map(Change::Put).to_vec(), 1).unwrap();
    let best = Restriction { order: Order::Best, ..Restriction::default() };
    assert_eq!(bed.ids("reklamacia"), [4, 3, 2, 1]);
    assert_eq!(bed.ids_within("reklamacia", &best), [1, 2, 4, 3]);
    let mut paged: Vec<Hit> = Vec::new();
    for _ in 0..4 {
        paged.extend(bed.index.find("reklamacia", &best, paged.last().copied(), 1).unwrap());
    }
    assert_eq!(paged.iter().map(|it| it.id).collect::<Vec<_>>(), [1, 2, 4, 3]);
}

#[test]
fn a_campaign_is_found_by_its_name_and_an_attachment_by_its_words() {
    let bed = Bed::new();
    let campaign = Document { campaign: Some(7), campaign_name: "Jarná akcia".into(), ..document(1, "drevo") };
    let file = Document { contents: vec!["Technický list lepidla".into()], ..document(2, "drevo") };
    bed.index.apply(vec![Change::Put(campaign), Change::Put(file)], 1).unwrap();
    for (query, ids) in [
        ("campaign:jarna", vec![1]),
        ("kampaň:\"jarná akcia\" drevo", vec![1]),
        ("-campaign:jarna", vec![2]),
        ("jarna", vec![]),
        ("lepidlo", vec![2]),
        ("attachment:\"technický list\"", vec![2]),
    ] {
        assert_eq!(bed.ids(query), ids, "{query}");
    }
}

#[test]
fn the_newest_come_first_however_the_messages_lie_in_the_index() {
    const N: i64 = 6_000;
    // Upwards as they come, upwards with stragglers, downwards, and without any order.
    let orders: [fn(i64) -> i64; 4] =
        [|id| id, |id| if id % 50 == 0 { id / 50 } else { id }, |id| N - id, |id| id * 7_919 % 6_007];
    for created_at in orders {
        let bed = Bed::new();
        let body = |id: i64| if id % 400 == 3 { "bežné vzácne" } else { "bežné" };
        let changes = (1..=N).map(|id| Change::Put(Document { created_at: created_at(id), ..document(id, body(id)) }));
        bed.index.apply(changes.collect(), 1).unwrap();
        bed.index.apply((1..=N).filter(|id| id % 3 == 0).map(Change::Remove).collect(), 2).unwrap();
        let expected = |is_wanted: &dyn Fn(i64) -> bool| {
            let mut hits: Vec<Hit> =
                (1..=N).filter(|id| id % 3 != 0 && is_wanted(*id)).map(|id| Hit { key: created_at(id), id }).collect();
            hits.sort_unstable_by(|a, b| b.cmp(a));
            hits
        };
        let seldom = |id: i64| id % 400 == 3;
        for (query, is_wanted) in
            [("bezne", &(|_| true) as &dyn Fn(i64) -> bool), ("vzacne", &seldom), ("\"bezne vzacne\"", &seldom)]
        {
            let all = expected(is_wanted);
            assert_eq!(bed.paged(query, 61), all, "{query}");
            let middle = Restriction { since: Some(2_000), until: Some(2_500), ..Restriction::default() };
            let within: Vec<Hit> = all.into_iter().filter(|it| (2_000..2_500).contains(&it.key)).collect();
            assert_eq!(bed.index.find(query, &middle, None, 10_000).unwrap(), within, "{query}");
            let first = within.iter().take(20).copied().collect::<Vec<_>>();
            assert_eq!(bed.index.find(query, &middle, None, 20).unwrap(), first, "{query}");
        }
    }
}
