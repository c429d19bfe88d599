//! What is typed, pasted and picked, and what stands in the field then.

use model::{ContactId, RecipientListId};

use super::*;

fn texts(field: &RecipientField) -> Vec<&str> {
    field.chips().iter().map(|it| it.text.as_str()).collect()
}

fn eva() -> EmailAddress {
    EmailAddress::parse("eva@x.sk").unwrap()
}

#[test]
fn a_separator_makes_a_chip_and_the_rest_is_typed_on() {
    let mut field = RecipientField::default();
    field.type_in("eva@x.sk");
    assert_eq!((texts(&field).len(), field.typed()), (0, "eva@x.sk"));
    field.type_in("eva@x.sk; ja");
    assert_eq!((texts(&field), field.typed()), (vec!["eva@x.sk"], "ja"));
    assert_eq!(field.text(), "eva@x.sk, ja");
}

#[test]
fn a_pasted_list_of_any_kind_becomes_chips() {
    let mut field = RecipientField::default();
    assert!(field.paste("\"Nová, Eva\" <eva@x.sk>; jan@x.sk,\r\n  zle@ \n b@x.sk c@x.sk\td@x.sk"));
    assert_eq!(texts(&field), ["\"Nová, Eva\" <eva@x.sk>", "jan@x.sk", "zle@", "b@x.sk", "c@x.sk", "d@x.sk"]);
    assert_eq!(field.chips().iter().filter(|it| it.address.is_err()).count(), 1);
}

#[test]
fn a_pasted_word_is_only_typed() {
    assert!(!RecipientField::default().paste("Eva Nová"));
}

#[test]
fn what_is_kept_as_text_reads_back_the_same() {
    let field = RecipientField::read("\"ACME, s.r.o.\" <info@acme.sk>, zle, Eva <eva@x.sk>");
    assert_eq!(RecipientField::read(&field.text()), field);
    assert_eq!(texts(&field), ["\"ACME, s.r.o.\" <info@acme.sk>", "zle", "Eva <eva@x.sk>"]);
}

#[test]
fn an_address_is_there_once_however_it_is_spelled() {
    let mut field = RecipientField::read("Eva <eva@x.sk>");
    field.type_in("EVA@x.sk,");
    field.pick("Eva Nová", &eva());
    assert_eq!(texts(&field), ["Eva <eva@x.sk>"]);
    assert!(field.has(&eva()));
}

#[test]
fn the_name_of_a_company_parts_nothing() {
    let mut field = RecipientField::default();
    field.type_in("acm");
    field.pick("ACME, s.r.o.", &eva());
    assert_eq!((field.text().as_str(), field.typed()), ("\"ACME, s.r.o.\" <eva@x.sk>", ""));
    assert_eq!(label(&field.chips()[0]), "ACME, s.r.o.");
}

#[test]
fn a_reopened_chip_is_typed_on_and_nothing_typed_is_lost() {
    let mut field = RecipientField::read("eva@x, jan@x.sk");
    field.type_in("petra@x.sk");
    field.reopen(0);
    assert_eq!((texts(&field), field.typed()), (vec!["jan@x.sk", "petra@x.sk"], "eva@x"));
    field.reopen(9);
    assert_eq!(field.typed(), "eva@x");
}

#[test]
fn people_are_counted_once_in_all_roles() {
    let to = RecipientField::read("Eva <eva@x.sk>, zle");
    let cc = RecipientField::read("EVA@x.sk; jan@x.sk");
    let mut bcc = RecipientField::default();
    bcc.type_in("petra");
    assert_eq!(reach([&to, &cc, &bcc]), Reach { people: 2, faulty: 1 });
    bcc.type_in("petra@x.sk");
    assert_eq!(reach([&to, &cc, &bcc]), Reach { people: 3, faulty: 1 });
}

#[test]
fn an_open_quote_while_typing_does_not_swallow_the_list() {
    let mut field = RecipientField::default();
    field.paste("a@x.sk, b\"@x.sk, c@x.sk");
    assert_eq!(texts(&field), ["a@x.sk", "b\"@x.sk", "c@x.sk"]);
}

fn list(id: i64, n: u64) -> SetOffer {
    SetOffer { audience: Audience::List(RecipientListId(id)), name: "Veľtrh".into(), members: Some(n) }
}

fn member(n: i64) -> RecipientOffer {
    let email = EmailAddress::parse(&format!("o{n}@x.sk")).unwrap();
    RecipientOffer { contact: ContactId(n), name: format!("Osoba {n}"), company_name: String::new(), email }
}

#[test]
fn a_name_in_quotes_is_typed_to_its_end() {
    let mut field = RecipientField::default();
    field.type_in("a@x.sk, \"Autoservis Praděd, a");
    assert_eq!((texts(&field), field.typed()), (vec!["a@x.sk"], "\"Autoservis Praděd, a"));
    field.type_in("\"Autoservis Praděd, a.s.\" <info@praded.cz>,");
    assert_eq!(texts(&field)[1], "\"Autoservis Praděd, a.s.\" <info@praded.cz>");
    assert_eq!(label(&field.chips()[1]), "Autoservis Praděd, a.s.");
}

#[test]
fn a_small_set_is_replaced_by_its_members() {
    let mut field = RecipientField::read("o2@x.sk");
    field.pick_set(list(1, 3));
    assert_eq!((field.sets().len(), reach([&field, &RecipientField::default(), &RecipientField::default()]).faulty), (1, 1));
    let came = ExpandedSet { recipients: vec![member(1), member(2)], members: 3, without: 1 };
    assert_eq!(field.expand(list(1, 3).audience, Some(came)), Some(1));
    assert_eq!((texts(&field), field.sets().len()), (vec!["o2@x.sk", "Osoba 1 <o1@x.sk>"], 0));
}

#[test]
fn a_set_that_is_too_large_stays_and_stands_in_the_way_of_sending() {
    let mut field = RecipientField::default();
    field.pick_set(list(1, 3_184));
    field.expand(list(1, 0).audience, Some(ExpandedSet { members: 3_184, ..ExpandedSet::default() }));
    assert_eq!(field.sets()[0].standing, SetStanding::TooMany(3_184));
    assert_eq!(field.text(), "");
    field.drop_set(list(1, 0).audience);
    assert!(field.is_empty());
}

#[test]
fn members_of_a_set_that_was_taken_away_do_not_come() {
    let mut field = RecipientField::default();
    let came = ExpandedSet { recipients: vec![member(1)], members: 1, without: 0 };
    assert_eq!(field.expand(list(1, 1).audience, Some(came)), None);
    assert!(field.is_empty());
}

#[test]
fn another_address_takes_the_place_of_a_chip() {
    let mut field = RecipientField::read("a@x.sk, Eva <eva@x.sk>, b@x.sk");
    field.replace(1, "Eva", &EmailAddress::parse("faktury@x.sk").unwrap());
    assert_eq!(texts(&field), ["a@x.sk", "Eva <faktury@x.sk>", "b@x.sk"]);
    field.type_in("eva@x.sk,");
    assert_eq!(field.chips().len(), 4);
}

#[test]
fn ten_thousand_picks_are_told_apart_without_looking_at_each() {
    let list: Vec<String> = (0..10_000).map(|n| format!("\"Osoba, {n}\" <o{n}@x.sk>")).collect();
    let mut field = RecipientField::default();
    assert!(field.paste(&list.join(";")));
    assert!(field.paste(&list.join("\n")));
    assert_eq!(field.chips().len(), 10_000);
    assert_eq!(RecipientField::read(&field.text()).chips().len(), 10_000);
}
