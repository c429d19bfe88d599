use proptest::prelude::*;

use super::*;

#[test]
fn plain_addresses_are_kept() {
    for (text, kept) in [
        ("eva@example.sk", "eva@example.sk"),
        ("  Eva.Nova+x@Example.SK ", "Eva.Nova+x@example.sk"),
        ("info@kôň.sk", "info@xn--k-xga6w.sk"),
        ("o'neil@firma.co.uk", "o'neil@firma.co.uk"),
    ] {
        let address = EmailAddress::parse(text).map(String::from);
        assert_eq!(address.as_deref().map(|it| it.split('@').next()), Ok(kept.split('@').next()), "{text}");
        assert!(address.is_ok_and(|it| it.is_ascii()));
    }
}

#[test]
fn tricks_are_refused() {
    for (text, fault) in [
        ("", AddressFault::Empty),
        ("eva", AddressFault::NoAt),
        ("a@b@c.sk", AddressFault::NoAt),
        ("\"a@evil.com x\"@firma.sk", AddressFault::Space),
        ("\"a\"@firma.sk", AddressFault::Local),
        ("user@firma.sk(x)evil.com", AddressFault::Domain),
        ("a@x\r\nRCPT TO:<b@y.sk>", AddressFault::Space),
        ("a@[127.0.0.1]", AddressFault::Domain),
        ("a@127.0.0.1", AddressFault::Domain),
        ("a@localhost", AddressFault::Domain),
        ("a@firma.sk.", AddressFault::Domain),
        ("-oQ/tmp@firma.sk", AddressFault::Local),
        ("a..b@firma.sk", AddressFault::Local),
        ("a@fi\u{200b}rma.sk", AddressFault::Space),
        ("a\u{a0}b@firma.sk", AddressFault::Space),
        ("a@firma.sk\u{202e}ks", AddressFault::Space),
        ("eva(dom)@firma.sk", AddressFault::Local),
        ("Group: a@x.sk, b@y.sk;", AddressFault::Space),
        ("<a@x.sk>,<b@y.sk>", AddressFault::NoAt),
        ("a@x.sk;b@y.sk", AddressFault::NoAt),
        ("a@x", AddressFault::Domain),
        ("@firma.sk", AddressFault::Local),
        ("a@", AddressFault::Domain),
        (".a@firma.sk", AddressFault::Local),
        ("a.@firma.sk", AddressFault::Local),
        ("a@-firma.sk", AddressFault::Domain),
        ("a@fir_ma.sk", AddressFault::Domain),
        ("a@firma..sk", AddressFault::Domain),
        ("a@firma.123", AddressFault::Domain),
        ("a@[IPv6:::1]", AddressFault::Domain),
        ("účtovníčka@firma.sk", AddressFault::Letters),
        ("а@firma.sk", AddressFault::Letters),
    ] {
        assert_eq!(EmailAddress::parse(text), Err(fault), "{text:?}");
    }
    assert_eq!(EmailAddress::parse(&format!("{}@firma.sk", "a".repeat(65))), Err(AddressFault::Local));
    assert!(EmailAddress::parse(&format!("a@{}.sk", "b.".repeat(130))).is_err());
    let long = format!("{}@{}.sk", "a".repeat(64), vec!["b".repeat(61); 3].join("."));
    assert_eq!((long.len(), EmailAddress::parse(&long).is_ok()), (253, true));
    assert_eq!(EmailAddress::parse(&long.replacen("@b", "@bbb", 1)), Err(AddressFault::TooLong));
}

#[test]
fn spellings_of_one_mailbox_are_told_to_be_the_same_but_a_tag_is_another_mailbox() {
    let normalized = |text: &str| EmailAddress::parse(text).unwrap().normalized();
    assert_eq!(normalized("Eva.Nova@KÔŇ.sk"), normalized("eva.nova@xn--k-xga6w.SK"));
    assert_ne!(normalized("eva+faktury@x.sk"), normalized("eva@x.sk"));
}

#[test]
fn an_international_domain_is_shown_in_its_letters_unless_they_could_pass_for_others() {
    for (text, shown) in [
        ("info@xn--k-xga6w.sk", "info@kôň.sk"),
        ("info@žluťoučký-kůň.cz", "info@žluťoučký-kůň.cz"),
        // A Cyrillic а inside, and a name wholly of letters that look Latin.
        ("info@bаnka.sk", "info@xn--bnka-53d.sk"),
        ("info@аррӏе.com", "info@xn--80ak6aa92e.com"),
        ("info@пример.com", "info@пример.com"),
    ] {
        assert_eq!(EmailAddress::parse(text).map(|it| it.shown()), Ok(shown.to_owned()));
    }
}

#[test]
fn a_list_names_the_bad_piece_and_keeps_the_rest() {
    let list = parse_list("a@x.sk; Eva Nová <b@y.sk>,zle,, \n c@z.sk;<a@x.sk><b@y.sk>");
    let good: Vec<_> = list.iter().filter_map(|it| it.address.as_ref().ok()).map(EmailAddress::as_str).collect();
    assert_eq!(good, ["a@x.sk", "b@y.sk", "c@z.sk"]);
    let bad: Vec<_> = list.iter().filter(|it| it.address.is_err()).map(|it| it.text.as_str()).collect();
    assert_eq!(bad, ["zle", "<a@x.sk><b@y.sk>"]);
}

#[test]
fn a_name_in_quotes_keeps_its_separators() {
    let list = parse_list("\"Autoservis Praděd, a.s.\" <info@praded.cz>; \"Nová; \\\"Eva\\\"\" <eva@x.sk>,jan@x.sk");
    let read: Vec<_> = list.iter().map(|it| (it.name(), it.address.clone().unwrap().to_string())).collect();
    let expected = [("Autoservis Praděd, a.s.", "info@praded.cz"), ("Nová; \"Eva\"", "eva@x.sk"), ("", "jan@x.sk")];
    assert_eq!(read, expected.map(|(name, address)| (name.to_owned(), address.to_owned())));
}

#[test]
fn a_quote_that_is_not_closed_swallows_nothing() {
    let list = parse_list("a@x.sk, \"b@x.sk, c@x.sk\nd@x.sk; e\"f@x.sk, g\"@x.sk");
    let good: Vec<_> = list.iter().filter_map(|it| it.address.as_ref().ok()).map(EmailAddress::as_str).collect();
    assert_eq!((list.len(), good), (6, vec!["a@x.sk", "c@x.sk", "d@x.sk"]));
}

#[test]
fn a_name_that_looks_like_an_address_is_dropped() {
    let list = parse_list("\"ceo@bank.sk\" <x@evil.sk>, ceo@bank.sk <x@evil.sk>");
    assert_eq!((list[0].name().as_str(), list[0].address.is_ok()), ("", true));
    assert!(list[1].address.is_err());
}

proptest! {
    #[test]
    fn what_was_accepted_is_accepted_again_unchanged(text in "[a-zA-Z0-9.+_-]{1,20}@[a-zA-Z0-9áčž-]{1,12}\\.[a-z]{2,5}") {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address));
        }
    }

    #[test]
    fn what_is_shown_is_read_as_the_same_address(text in "[a-z.+]{1,8}@(\\PC{1,8}|[a-zа-яžčα-ω-]{1,12})\\.[a-zа-я]{2,5}") {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert_eq!(EmailAddress::parse(&address.shown()), Ok(address));
        }
    }

    #[test]
    fn a_list_that_was_written_is_read_back(names in proptest::collection::vec("[a-zč ,;<>\"\\\\.]{0,12}", 1..5)) {
        let address = EmailAddress::parse("eva@x.sk").unwrap();
        let list = names.iter().map(|it| written(it, &address)).collect::<Vec<_>>().join(", ");
        let read: Vec<_> = parse_list(&list).iter().map(|it| (it.name(), it.address.clone())).collect();
        let expected: Vec<_> = names.iter().map(|it| (it.trim().to_owned(), Ok(address.clone()))).collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn no_text_puts_a_control_character_or_bracket_into_an_address(text in "\\PC*|[\\x00-\\x7f]{0,40}") {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert!(address.as_str().bytes().all(|it| 0x20 < it && it < 0x7f && it != b'<' && it != b'>'));
        }
    }
}
