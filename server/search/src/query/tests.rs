use proptest::prelude::*;

use super::*;

/// The query as one line: groups with `|`, clauses with blanks.
fn read(text: &str) -> String {
    let clause = |it: &Clause| {
        let sign = if it.sense == Sense::MustNot { "-" } else { "" };
        let part = if it.part == Part::All { String::new() } else { format!("{:?}:", it.part) };
        let words =
            |words: &[(usize, String)]| words.iter().map(|(at, word)| format!("{at}{word}")).collect::<Vec<_>>().join("+");
        let form = match &it.form {
            Form::Stem(stem) => format!("~{stem}"),
            Form::Phrase(list) => words(list),
            Form::Prefix(list) => format!("{}*", words(list)),
            Form::Number { joined, groups } => format!("{joined}={}", groups.join("+")),
        };
        format!("{sign}{part}{form}")
    };
    let group = |it: &Vec<Clause>| it.iter().map(clause).collect::<Vec<_>>().join(" ");
    Query::parse(text).groups.iter().map(group).collect::<Vec<_>>().join(" | ")
}

#[test]
fn every_form_is_read() {
    for (text, form) in [
        ("Faktúry zákazníkov", "~faktur ~zakaznik"),
        ("\"po splatnosti\" -upomienka", "0po+1splatnosti -~upomenk"),
        ("„Dobrý deň“", "0dobry+1den"),
        ("a OR b c | d", "~a | ~b ~c | ~d"),
        ("NOT a AND b", "-~a ~b"),
        ("fakt* f*", "0fakt* ~f"),
        ("to:eva@x.sk from:\"Ján Novák\" Predmet: zmluva", "To:0eva@x.sk From:0jan+1novak Subject:~zmluv"),
        ("-príloha:pdf", "-Attachment:~pdf"),
        ("IČO:12345678", "0ico+112345678"),
        ("2026/0012", "02026+10012"),
        ("0903 622 237", "0903622237=0903+622+237"),
        ("\"0903 622 237\"", "00903622237"),
        ("1 234,50", "~1 0234+150"),
        ("mail eva@x.sk", "~mail 0eva@x.sk"),
        ("firma.sk", "0firma+1sk"),
        ("a - b", "~a ~b"),
        ("(a (b", "~a ~b"),
    ] {
        assert_eq!(read(text), form, "{text}");
    }
}

#[test]
fn nonsense_is_nothing() {
    for text in ["", "*", "**", "\"", "\"\"\"", "-", "--", "AND AND", "OR", "| | |", "NOT", "to:", "to:\"", "((((", "…", "!-!-"]
    {
        assert_eq!(read(text), "", "{text}");
    }
}

#[test]
fn long_queries_are_cut() {
    let many = "a ".repeat(10_000);
    assert_eq!(Query::parse(&many).groups[0].len(), MOST_WORDS);
    let long = format!("\"{}\"", "slovo ".repeat(10_000));
    let Form::Phrase(words) = &Query::parse(&long).groups[0][0].form else { panic!("not a phrase") };
    assert_eq!(words.len(), MOST_WORDS);
    assert!(Query::parse(&"(".repeat(1_000_000)).groups.is_empty());
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}|([a-z0-9]|-|\"|\\(|\\)|\\*|:| |OR|AND|NOT|to:|@|„|\\|){0,80}") {
        let query = Query::parse(&text);
        for clause in query.groups.iter().flatten() {
            if let Form::Phrase(words) | Form::Prefix(words) = &clause.form {
                prop_assert!(!words.is_empty() && words[0].0 == 0);
                prop_assert!(words.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{:?}", words);
            }
        }
    }
}
