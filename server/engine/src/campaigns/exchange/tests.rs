use model::{
    CampaignAudience, CampaignContent, CampaignDraft, CampaignKind, CampaignPace, CampaignStart, Channel, ConsentRule,
    ConsentState, ContactFilter, ContactKind, Language, Measure, Moment, Nature, ObtainedWay, PlainText, Reaction, SendingWindow,
    TableFault, TemplateBody, TemplateText, Unmatched, UnmatchedKind,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tables::read::Fault;

use super::portable::{NamedFilter, NamedSet, Person, Portable, PortableFile};
use super::read::Came;
use super::{read, write};

/// Anything on one line.
fn line() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9áčľšťžôř€ <>&\"';.@+-]{1,20}"
}

/// Anything at all that XML holds.
fn text() -> impl Strategy<Value = String> {
    "[a-zA-Zžôř{}%<>&\"'\\]\\r\\n\\t ]{0,60}"
}

fn person() -> impl Strategy<Value = Person> {
    ("[a-ž ]{0,9}", "[a-z@.]{0,9}").prop_map(|(name, address)| Person { name, address })
}

fn filter() -> impl Strategy<Value = NamedFilter> {
    let conditions = (
        option::of(select(ContactKind::ALL.to_vec())),
        option::of(select(vec![Nature::Person, Nature::Company])),
        option::of(select(ObtainedWay::ALL.to_vec())),
        option::of(any::<bool>()),
        option::of(any::<bool>()),
        option::of(select(vec![ConsentState::Given, ConsentState::Withdrawn])),
    );
    let names = (option::of(line()), option::of(line()), option::of(line()), option::of(line()));
    ("[a-ž ]{0,9}", conditions, names).prop_map(|(words, conditions, (tag, owner, list, segment))| {
        let (kind, nature, obtained, no_bulk, has_email, consent) = conditions;
        let filter = ContactFilter {
            words,
            kind,
            nature,
            obtained,
            no_bulk,
            has_email,
            has_phone: no_bulk,
            suppressed_email: has_email,
            suppressed_phone: no_bulk,
            consent_email: consent,
            consent_sms: consent,
            ..ContactFilter::default()
        };
        NamedFilter { filter, tag, owner, list, segment }
    })
}

fn set() -> impl Strategy<Value = NamedSet> {
    let reaction = select(vec![Reaction::Opened, Reaction::Clicked, Reaction::Nothing]);
    prop_oneof![
        line().prop_map(NamedSet::List),
        line().prop_map(NamedSet::Segment),
        (line(), option::of(1_u32..9)).prop_map(|(name, version)| NamedSet::Got(name, version, None)),
        (line(), reaction).prop_map(|(name, reaction)| NamedSet::Got(name, None, Some(reaction))),
        vec(person(), 0..4).prop_map(NamedSet::Ticked),
        (filter(), vec(person(), 0..3)).prop_map(|(filter, except)| NamedSet::Matching(Box::new(filter), except)),
    ]
}

fn own(channel: Channel) -> impl Strategy<Value = Vec<TemplateText>> {
    let one = (select(vec![Language::Sk, Language::Cs, Language::En]), text(), text(), text(), 0..3, option::of(text()));
    let one = one.prop_map(move |(language, subject, preheader, body, form, plain)| TemplateText {
        language,
        subject,
        preheader,
        body: match (channel, form) {
            (Channel::Sms, _) => TemplateBody::Sms(body),
            (_, 0) => TemplateBody::Html(body),
            (_, 1) => TemplateBody::Mjml(body),
            _ => TemplateBody::Blocks(body),
        },
        plain: plain.map_or(PlainText::Made, PlainText::Own),
    });
    vec(one, 0..3)
}

fn start() -> impl Strategy<Value = CampaignStart> {
    prop_oneof![
        Just(CampaignStart::AtOnce),
        Just(CampaignStart::Kept),
        (1_500_000_000_i64..2_500_000_000).prop_map(|seconds| CampaignStart::At(Moment(seconds * 1_000))),
    ]
}

fn pace() -> impl Strategy<Value = CampaignPace> {
    let window = (1_u8..128, 0_u16..1_440, 0_u16..=1_440).prop_map(|(days, from, until)| SendingWindow { days, from, until });
    (option::of(1_u32..5_000), option::of(window)).prop_map(|(per_hour, window)| CampaignPace { per_hour, window })
}

fn unmatched() -> impl Strategy<Value = Unmatched> {
    let one = (select(UnmatchedKind::ALL.to_vec()), text(), any::<bool>());
    one.prop_map(|(kind, name, is_excluded)| Unmatched { kind, name, is_excluded })
}

fn draft() -> impl Strategy<Value = CampaignDraft> {
    let words = (line(), text(), line(), line(), text(), text());
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (any::<bool>(), words, switches, start(), pace(), vec(unmatched(), 0..3)).prop_flat_map(
        |(is_sms, (name, note, classification, sender_name, sender_address, typed), switches, start, pace, unmatched)| {
            let channel = if is_sms { Channel::Sms } else { Channel::Email };
            own(channel).prop_map(move |texts| CampaignDraft {
                name: name.clone(),
                channel,
                kind: if switches.0 { CampaignKind::Service } else { CampaignKind::Commercial },
                note: note.clone(),
                classification: classification.clone(),
                content: CampaignContent::Own(texts),
                audience: CampaignAudience {
                    typed: typed.clone(),
                    consent: if switches.1 { ConsentRule::Given } else { ConsentRule::NotWithdrawn },
                    overrides_no_bulk: switches.2,
                    ..CampaignAudience::default()
                },
                sender_name: sender_name.clone(),
                sender_address: sender_address.clone(),
                keeps_diacritics: switches.3,
                wants_approval: switches.4,
                measure: Measure { opens: switches.5, clicks: switches.0 },
                start,
                pace,
                unmatched: unmatched.clone(),
                ..CampaignDraft::default()
            })
        },
    )
}

fn portable() -> impl Strategy<Value = Portable> {
    let file = line().prop_map(|name| PortableFile { line: 0, name, media_type: "image/png".to_owned(), place: 0 });
    let named = (option::of(line()), option::of(line()));
    (draft(), named, vec(set(), 0..5), vec(set(), 0..3), vec(file, 0..3)).prop_map(
        |(mut draft, (template, account), include, exclude, files)| {
            if template.is_some() {
                draft.content = CampaignContent::default();
            }
            let files = if draft.channel == Channel::Sms { Vec::new() } else { files };
            Portable { line: 0, draft, template, account, include, exclude, files }
        },
    )
}

/// What a file holds, told from the how-many-eth it is.
fn content(place: usize) -> Vec<u8> {
    (0..place * 7).map(|it| it as u8).collect()
}

/// The files in their order, as a document counts them.
fn counted(mut all: Vec<Portable>) -> Vec<Portable> {
    all.iter_mut().flat_map(|it| &mut it.files).enumerate().for_each(|(n, it)| it.place = n);
    all
}

fn read_all(bytes: &[u8]) -> Result<(Vec<Portable>, Vec<Vec<u8>>), Fault> {
    let (mut files, mut current) = (Vec::new(), Vec::new());
    let read = read::campaigns(&mut &*bytes, bytes.len(), &mut |came| {
        match came {
            Came::Piece(piece) => current.extend(piece),
            Came::End => files.push(std::mem::take(&mut current)),
        }
        Ok(())
    });
    Ok((read?, files))
}

fn written(all: &[Portable]) -> String {
    let mut tree = write::begin();
    for it in all {
        write::begin_campaign(&mut tree, it);
        for file in &it.files {
            write::begin_file(&mut tree, &file.name, &file.media_type);
            write::piece(&mut tree, &content(file.place));
            tree.end_text();
        }
        write::end_campaign(&mut tree, it);
    }
    tree.end();
    tree.take()
}

/// Without the lines, which only what was read has.
fn without_lines(mut it: Portable) -> Portable {
    it.line = 0;
    it.files.iter_mut().for_each(|it| it.line = 0);
    it
}

proptest! {
    #[test]
    fn whatever_a_campaign_holds_comes_back_from_its_file(all in vec(portable(), 1..3)) {
        let all = counted(all);
        let (read, files) = read_all(written(&all).as_bytes()).unwrap();
        let read: Vec<Portable> = read.into_iter().map(without_lines).collect();
        prop_assert_eq!(read, all);
        prop_assert!(files.iter().enumerate().all(|(n, it)| *it == content(n)));
    }

    #[test]
    fn no_bytes_make_the_reader_fall(bytes in vec(any::<u8>(), 0..300)) {
        let _ = read_all(&bytes);
    }
}

fn refused(inside: &str) -> (u64, TableFault) {
    let document = format!("<campaigns version=\"1\">\n{inside}\n</campaigns>");
    match read_all(document.as_bytes()) {
        Err(Fault::Refused { line, fault }) => (line, fault),
        other => panic!("{other:?}"),
    }
}

fn wrong(name: &str, value: &str) -> TableFault {
    TableFault::Wrong { name: name.into(), value: value.into() }
}

fn unexpected(name: &str) -> TableFault {
    TableFault::Unexpected { name: name.into() }
}

#[test]
fn what_does_not_belong_there_is_refused_with_its_line_and_its_name() {
    for (inside, fault) in [
        ("<campaign channel=\"email\"/>", TableFault::Missing { name: "name".into() }),
        ("<campaign name=\"A\" channel=\"fax\"/>", wrong("channel", "fax")),
        ("<campaign name=\"A\" state=\"running\"/>", unexpected("state")),
        ("<campaign name=\"A\"><note/><note/></campaign>", unexpected("note")),
        ("<campaign name=\"A\"><text language=\"de\"><body form=\"html\"/></text></campaign>", wrong("language", "de")),
        ("<campaign name=\"A\"><text language=\"sk\"/></campaign>", TableFault::Missing { name: "body".into() }),
        ("<campaign name=\"A\"><text language=\"sk\"><body form=\"sms\"/></text></campaign>", wrong("form", "sms")),
        ("<campaign name=\"A\"><file name=\"a.pdf\">?</file></campaign>", wrong("file", "a.pdf")),
        ("<campaign name=\"A\" channel=\"sms\"><file name=\"a.pdf\"/></campaign>", unexpected("file")),
        ("<campaign name=\"A\"><start at=\"2026-02-30T10:00:00Z\"/></campaign>", wrong("at", "2026-02-30T10:00:00Z")),
        ("<campaign name=\"A\"><pace days=\"mon noday\" from=\"08:00\" until=\"16:00\"/></campaign>", wrong("days", "noday")),
        ("<campaign name=\"A\"><pace days=\"mon\" from=\"8:00\" until=\"16:00\"/></campaign>", wrong("from", "8:00")),
        ("<campaign name=\"A\"><audience><everybody/></audience></campaign>", unexpected("everybody")),
        ("<campaign name=\"A\"><audience><matching age=\"18\"/></audience></campaign>", unexpected("age")),
        ("<campaign name=\"A\">words</campaign>", wrong("campaign", "words")),
    ] {
        assert_eq!(refused(inside), (2, fault), "{inside}");
    }
}

#[test]
fn another_document_and_another_version_are_refused() {
    let read = |text: &str| match read_all(text.as_bytes()) {
        Err(Fault::Refused { fault, .. }) => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(read("<contacts version=\"1\"/>"), unexpected("contacts"));
    assert_eq!(read("<campaigns version=\"2\"/>"), wrong("version", "2"));
    assert_eq!(read("<campaigns version=\"1\"/>"), TableFault::Missing { name: "campaign".into() });
    assert_eq!(read("<!DOCTYPE campaigns><campaigns version=\"1\"/>"), TableFault::DocumentType);
}
