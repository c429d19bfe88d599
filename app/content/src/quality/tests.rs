//! What is found in mails, good and bad, and that fixes mend what they say.

use super::*;
use crate::lint::{self, LinkFault, What};
use crate::merge::Catalogue;

const TEXT: &str = "<p>Dobrý deň {{ contact.name }},</p>\n<p>posielame Vám pozvánku na jesenný deň otvorených dverí v našej \
    dielni v Martine.</p>\n<p>Tešíme sa na Vás.</p>";

fn mail(html: &str) -> Mail<'_> {
    Mail {
        subject: "Pozvánka na deň otvorených dverí",
        preheader: "Príďte sa pozrieť, ako vzniká nábytok z jaseňa.",
        html,
        plain: None,
        is_commercial: false,
        language: Language::Slovak,
        company: ["Jaseňové dielo s. r. o.", "31562788", "Dielenská 8, 036 01 Martin"],
    }
}

fn flaws(mail: &Mail<'_>) -> Vec<Flaw> {
    check(mail).into_iter().map(|it| it.flaw).collect()
}

/// The flaws of a mail after the fix of its first finding.
fn mended(mail: &Mail<'_>) -> Vec<Flaw> {
    let fix = check(mail).into_iter().find_map(|it| it.fix).unwrap();
    let html = apply(mail.html, &fix).unwrap_or_else(|| mail.html.to_owned());
    match &fix {
        Fix::Subject(subject) => flaws(&Mail { subject, ..*mail }),
        Fix::Preheader(preheader) => flaws(&Mail { preheader, ..*mail }),
        Fix::MakePlain => flaws(&Mail { plain: None, ..*mail }),
        Fix::Append(_) | Fix::Edit(_) => flaws(&Mail { html: &html, ..*mail }),
    }
}

#[test]
fn a_good_mail_has_no_flaws() {
    assert_eq!(flaws(&mail(TEXT)), []);
}

#[test]
fn subjects_that_are_not_opened_are_found() {
    for (subject, flaw) in [
        (" ", Flaw::SubjectMissing),
        ("VEĽKÝ VÝPREDAJ NÁBYTKU", Flaw::SubjectShouting),
        ("Výpredaj!! Iba u nás!", Flaw::SubjectExclaims),
        ("Re: Vaša objednávka", Flaw::SubjectPretends),
    ] {
        assert_eq!(flaws(&Mail { subject, ..mail(TEXT) }), [flaw], "{subject}");
    }
    let long = "Pozvánka na deň otvorených dverí ".repeat(4);
    assert!(matches!(flaws(&Mail { subject: &long, ..mail(TEXT) }).as_slice(), [Flaw::SubjectLong(131)]));
}

#[test]
fn fields_count_as_a_word_whatever_they_are_called() {
    let subject = "{{ contact.name | fallback(\"zákazník nášho veľkého obchodu s nábytkom\") }}, pozývame Vás na deň dverí";
    assert_eq!(flaws(&Mail { subject, ..mail(TEXT) }), []);
    assert_eq!(flaws(&Mail { subject: "FAKTÚRA {{ order.number_of_the_long_name }}", ..mail(TEXT) }), []);
}

#[test]
fn subjects_are_mended() {
    for subject in ["VEĽKÝ VÝPREDAJ NÁBYTKU {{ contact.name }}", "Výpredaj!! Iba u nás!", "Re: Vaša objednávka"] {
        assert_eq!(mended(&Mail { subject, ..mail(TEXT) }), [], "{subject}");
    }
    assert_eq!(fix::lowered("VEĽKÝ VÝPREDAJ {{ Contact.Name }} U NÁS"), "Veľký výpredaj {{ Contact.Name }} u nás");
    assert_eq!(fix::calmed("Výpredaj!! Iba u nás!"), "Výpredaj Iba u nás!");
}

#[test]
fn preheaders_are_found_and_made_of_the_text() {
    let missing = Mail { preheader: "", ..mail(TEXT) };
    assert_eq!(flaws(&missing), [Flaw::PreheaderMissing]);
    assert_eq!(mended(&missing), []);
    let fix = check(&missing)[0].fix.clone();
    let words = "posielame Vám pozvánku na jesenný deň otvorených dverí v našej dielni v Martine.";
    assert_eq!(fix, Some(Fix::Preheader(words.to_owned())));
    let repeated = Mail { preheader: "pozvanka na den otvorenych dveri", ..mail(TEXT) };
    assert_eq!(flaws(&repeated), [Flaw::PreheaderRepeats]);
    assert_eq!(flaws(&Mail { preheader: "Krátky", ..mail(TEXT) }), [Flaw::PreheaderShort(6)]);
    let long = "a".repeat(140);
    assert_eq!(flaws(&Mail { preheader: &long, ..mail(TEXT) }), [Flaw::PreheaderLong(140)]);
}

#[test]
fn a_preheader_made_of_the_text_ends_at_a_word_and_cuts_no_field() {
    let html = format!("<p>{} {{{{ contact.name | fallback(\"a b c\") }}}} koniec vety je až tu</p>", "slovo ".repeat(17));
    let fix = check(&Mail { preheader: "", ..mail(&html) })[0].fix.clone();
    let Some(Fix::Preheader(words)) = fix else { panic!("{fix:?}") };
    assert!(words.ends_with("slovo…") && !words.contains("{{"), "{words}");
}

#[test]
fn pictures_without_words_are_found() {
    let picture = "<img src=\"cid:a\" alt=\"Leták\">";
    assert_eq!(flaws(&mail(picture)), [Flaw::MostlyPictures { characters: 0, pictures: 1 }]);
    assert_eq!(flaws(&mail(&format!("{TEXT}{picture}"))), []);
    assert_eq!(flaws(&mail("<p> </p>")), [Flaw::BodyEmpty]);
    assert_eq!(flaws(&mail(&format!("{TEXT}<img src=\"https://x.sk/p\" width=\"1\" height=\"1\" alt=\"\">"))), []);
}

#[test]
fn a_plain_text_of_ones_own_must_say_what_the_mail_says() {
    assert_eq!(flaws(&Mail { plain: Some(" \n"), ..mail(TEXT) }), [Flaw::PlainEmpty]);
    let short = Mail { plain: Some("Pozrite si HTML."), ..mail(TEXT) };
    assert_eq!(flaws(&short), [Flaw::PlainShort]);
    assert_eq!(mended(&short), []);
}

#[test]
fn links_that_mislead_are_found() {
    for (link, flaw) in [
        ("<a href=\"https://bit.ly/x\">Viac</a>", Flaw::Shortener("bit.ly".to_owned())),
        ("<a href=\"http://93.184.216.34/x\">Viac</a>", Flaw::NumericHost("93.184.216.34".to_owned())),
        (
            "<a href=\"https://evil.example/\">www.tatrabanka.sk</a>",
            Flaw::Disguised { shown: "www.tatrabanka.sk".to_owned(), leads: "evil.example".to_owned() },
        ),
        (
            "<a href=\"https://evil.example/\">https://firma.sk/ponuka</a>",
            Flaw::Disguised { shown: "firma.sk".to_owned(), leads: "evil.example".to_owned() },
        ),
    ] {
        assert_eq!(flaws(&mail(&format!("{TEXT}{link}"))), [flaw], "{link}");
    }
    for link in [
        "<a href=\"https://www.firma.sk/a\">firma.sk</a>",
        "<a href=\"https://eshop.firma.sk\">www.firma.sk</a>",
        "<a href=\"https://firma.sk/cennik.pdf\">cennik.pdf</a>",
        "<a href=\"{{ company.web }}\">firma.sk</a>",
        "<a href=\"mailto:a@firma.sk\">a@firma.sk</a>",
    ] {
        assert_eq!(flaws(&mail(&format!("{TEXT}{link}"))), [], "{link}");
    }
    assert_eq!(flaws(&mail(&format!("{TEXT}{}", "<a href=\"https://firma.sk\">x</a> ".repeat(30)))), [Flaw::ManyLinks(30)]);
}

#[test]
fn words_of_unwanted_mail_are_found_where_they_stand() {
    let html = format!("{TEXT}\n<p>Získajte ho ZADARMO a bez záväzkov!</p>");
    let findings = check(&mail(&html));
    let words: Vec<&str> = findings.iter().map(|it| &html[it.places[0].range.clone()]).collect();
    assert_eq!(words, ["ZADARMO", "bez záväzkov"]);
    assert_eq!(findings[0].places[0].line, 4);
    for (text, flaw) in [
        ("Vyhráli jste hlavní cenu.", Flaw::SpamWord("vyhráli jste".to_owned())),
        ("Please click here.", Flaw::SpamWord("click here".to_owned())),
        ("Zľava!!!", Flaw::SpamMark(Mark::Exclamations)),
        ("Ušetrite €€€", Flaw::SpamMark(Mark::Currencies)),
        ("TOTO JE VEĽMI DLHÁ VETA NAPÍSANÁ VEĽKÝMI PÍSMENAMI BEZ DÔVODU", Flaw::SpamMark(Mark::Shouting)),
    ] {
        assert_eq!(flaws(&mail(&format!("{TEXT}<p>{text}</p>"))), [flaw], "{text}");
    }
    assert_eq!(flaws(&mail(&format!("{TEXT}<p title=\"zadarmo\">Nezadarmovať</p>"))), []);
}

#[test]
fn commercial_mail_lets_people_unsubscribe_and_says_who_sends_it() {
    let mail = Mail { is_commercial: true, ..mail(TEXT) };
    assert_eq!(flaws(&mail), [Flaw::UnsubscribeMissing, Flaw::IdentificationMissing]);
    assert_eq!(mended(&mail), [Flaw::IdentificationMissing]);
    let html = format!(
        "{TEXT}<p>Jaseňové&nbsp;dielo s. r. o., Dielenská 8, 036 01 Martin, IČO 31562788</p><a href='{{{{ links.unsubscribe }}}}'>x</a>"
    );
    assert_eq!(flaws(&Mail { html: &html, ..mail }), []);
    let html = format!("{TEXT}<a href=\"https://firma.sk/x\">Odhlásit odběr</a>");
    assert_eq!(flaws(&Mail { html: &html, ..mail }), [Flaw::IdentificationMissing]);
    assert_eq!(mended(&Mail { html: &html, ..mail }), []);
}

#[test]
fn what_is_put_into_a_document_stays_in_its_body() {
    let html = "<!DOCTYPE html><html><body><p>a</p></body></html>\n";
    let fix = Fix::Append("<p>b</p>".to_owned());
    assert_eq!(apply(html, &fix).unwrap(), "<!DOCTYPE html><html><body><p>a</p><p>b</p></body></html>\n");
    assert_eq!(apply("<p>a</p>", &fix).unwrap(), "<p>a</p><p>b</p>");
    assert_eq!(apply("<p>{{ \"</body>\" }}</p>", &fix).unwrap(), "<p>{{ \"</body>\" }}</p><p>b</p>");
}

#[test]
fn what_was_found_in_the_source_is_mended_there() {
    for (source, fixed) in [
        ("<img src=\"cid:a\"><img src='cid:b' />", "<img src=\"cid:a\" alt=\"\"><img src='cid:b' alt=\"\" />"),
        ("<a href=\"http://firma.sk\">x</a>", "<a href=\"https://firma.sk\">x</a>"),
        ("<a href=\"https://firma.sk/a b\">x</a>", "<a href=\"https://firma.sk/a%20b\">x</a>"),
        (
            "<a href='https://firma.sk/židle/{{ contact.name | fallback(\"č ž\") }}'>x</a>",
            "<a href='https://firma.sk/%C5%BEidle/{{ contact.name | fallback(\"č ž\") }}'>x</a>",
        ),
        ("<meta charset=\"windows-1250\">a", "<meta charset=\"utf-8\">a"),
    ] {
        let catalogue = crate::merge::tests::bed::catalogue();
        let findings = lint::lint(source, &catalogue, Language::Slovak);
        let fix = findings.iter().find_map(|it| fix_finding(source, it)).unwrap();
        assert_eq!(apply(source, &fix).as_deref(), Some(fixed));
        assert_eq!(lint::lint(fixed, &catalogue, Language::Slovak), [], "{fixed}");
    }
    let source = "<p>{{ contact.nmae }}</p>";
    let findings = lint::lint(source, &crate::merge::tests::bed::catalogue(), Language::Slovak);
    assert_eq!(apply(source, &fix_finding(source, &findings[0]).unwrap()).unwrap(), "<p>{{ contact.name }}</p>");
    let relative = lint::lint("<a href='/x'>x</a>", &Catalogue::default(), Language::Slovak);
    assert_eq!((&relative[0].what, fix_finding("", &relative[0])), (&What::Link(LinkFault::Relative), None));
}

#[test]
fn hostile_mails_come_to_an_end() {
    for piece in
        ["<a href=x>", "zadarmo ", "!!!", "{{", "<p>", "A", "<a href=\"https://bit.ly/x\">firma.sk</a>", "</body>", "€€€<b>"]
    {
        let html = piece.repeat(200_000 / piece.len());
        assert!(check(&Mail { is_commercial: true, subject: &html, preheader: &html, ..mail(&html) }).len() < 500);
    }
}
