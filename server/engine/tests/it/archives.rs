//! Old archives: whatever comes from outside becomes history that is never sent.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use engine::testbed::TestBed;
use engine::{Ctx, Pieces, archives, attachments, audit, contacts, history, indexer, messages, retention, worker};
use model::message::UNDO_MS;
use model::{
    Archive, ArchiveCounts, ArchiveDeed, ArchiveFault, ArchiveId, ArchiveState, AuditQuery, ChosenMessages, ContactDraft, Deed,
    MessageDetail, MessageDraft, MessageExport, MessageFilter, MessageFormat, MessageId, MessageQuery, MessageState, Noun,
    Origin, Permission, Refusal, RetentionEnd, RetentionKind, RetentionRule, RetentionRules,
};

use crate::refused;

/// A mail as another program wrote it.
fn mail(n: u32, to: &str, subject: &str) -> String {
    format!(
        "From: Firma <obchod@firma.example>\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Thu, 28 May 2020 20:26:40 +0000\r\n\
         Message-ID: <old-{n}@firma.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nDobrý deň, posielame žalúzie č. {n}.\r\n--b\r\nContent-Type: text/plain; name=\"cena.txt\"\r\n\
         Content-Disposition: attachment; filename=\"cena.txt\"\r\n\r\ncena {n}\r\n--b--\r\n"
    )
}

fn mbox(mails: &[String]) -> Vec<u8> {
    mails
        .iter()
        .map(|it| format!("From obchod@firma.example Thu May 28 20:26:40 2020\r\n{it}\r\n"))
        .collect::<String>()
        .into_bytes()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

async fn brought(ctx: &Ctx, name: &str, content: &[u8]) -> ArchiveId {
    let id = archives::begin(ctx, name).await.unwrap();
    for piece in content.chunks(1_000) {
        archives::put(ctx, id, piece).await.unwrap();
    }
    archives::arrived(ctx, id).await.unwrap();
    id
}

async fn walked(bed: &TestBed, id: ArchiveId) -> Archive {
    while archives::turn(&bed.engine).await.unwrap() {}
    archives::list(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == id).unwrap()
}

async fn taken(bed: &TestBed, name: &str, content: &[u8]) -> Archive {
    let id = brought(&bed.admin(), name, content).await;
    walked(bed, id).await;
    archives::start(&bed.admin(), id).await.unwrap();
    walked(bed, id).await
}

async fn listed(ctx: &Ctx, filter: MessageFilter) -> Vec<MessageId> {
    let page = history::list(ctx, MessageQuery { filter, ..MessageQuery::default() }).await.unwrap();
    page.rows.into_iter().map(|it| it.id).collect()
}

async fn old(bed: &TestBed) -> Vec<MessageDetail> {
    let ctx = bed.admin();
    let mut all = Vec::new();
    for id in listed(&ctx, MessageFilter { origin: Some(Origin::Archive), ..MessageFilter::default() }).await {
        all.push(history::open(&ctx, id).await.unwrap());
    }
    all
}

fn counts(read: u64, added: u64, known: u64, bad: u64) -> ArchiveCounts {
    ArchiveCounts { read, added, known, bad, undated: 0 }
}

#[tokio::test]
async fn mails_become_history_of_the_contacts_that_have_their_addresses_and_are_found() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = ContactDraft { last_name: "Nová".into(), emails: vec!["eva@example.sk".into()], ..ContactDraft::default() };
    let eva = contacts::save(&admin, None, eva).await.unwrap();
    let file = mbox(&[mail(1, "Eva <EVA@example.sk>", "=?utf-8?Q?=C5=BDal=C3=BAzie?="), mail(2, "jan@example.sk", "Druhá")]);
    let id = brought(&admin, "archív.mbox", &file).await;
    let looked = walked(&bed, id).await;
    assert_eq!((looked.state, looked.counts, looked.file.as_str()), (ArchiveState::Looked, counts(2, 2, 0, 0), "archív.mbox"));
    assert_eq!(old(&bed).await.len(), 0, "a look writes nothing");
    archives::start(&admin, id).await.unwrap();
    let ended = walked(&bed, id).await;
    assert_eq!((ended.state, ended.counts), (ArchiveState::Ended, counts(2, 2, 0, 0)));

    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
    let found = listed(&admin, MessageFilter { words: "zaluzie 1".into(), ..MessageFilter::default() }).await;
    let of_eva = listed(&admin, MessageFilter { contact: Some(eva), ..MessageFilter::default() }).await;
    assert_eq!((found.len(), &found), (1, &of_eva));
    let message = history::open(&admin, found[0]).await.unwrap();
    assert_eq!((message.origin, message.state, message.subject.as_str()), (Origin::Archive, MessageState::Sent, "Žalúzie"));
    assert_eq!((message.created_at.rfc3339().as_str(), message.deliveries.len()), ("2020-05-28T20:26:40Z", 0));
    assert_eq!((message.from.as_str(), message.header_id.as_str()), ("Firma <obchod@firma.example>", "old-1@firma.example"));
    let file = attachments::open(&admin, message.id, message.attachments[0].id).await.unwrap().1;
    assert_eq!(file.whole().await.unwrap(), b"cena 1");
    assert!(history::html(&admin, message.id).await.unwrap().contains("žalúzie č. 1"));
}

#[tokio::test]
async fn nothing_of_it_can_be_sent_but_it_can_be_written_anew() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    taken(&bed, "a.eml", mail(1, "eva@example.sk", "Stará").as_bytes()).await;
    let message = old(&bed).await.remove(0);
    assert_eq!(refused(messages::resend(&admin, vec![message.id]).await), Refusal::IllegalStep(Noun::Message));
    assert!(messages::release(&admin, vec![message.id]).await.is_err());
    bed.advance(UNDO_MS);
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 0);
    let draft = messages::copy(&admin, message.id, model::Copying::Again).await.unwrap();
    assert_ne!(draft, message.id);
}

#[tokio::test]
async fn the_same_mail_comes_once_however_it_is_packed() {
    let bed = TestBed::new().await;
    let one = mail(1, "eva@example.sk", "Prvá");
    let first = taken(&bed, "a.mbox", &mbox(&[one.clone(), one.clone()])).await;
    assert_eq!(first.counts, counts(2, 1, 1, 0));
    let zipped =
        zip(&[("Pošta/1.eml", one.as_bytes()), ("2.eml", mail(2, "eva@example.sk", "Druhá").as_bytes()), ("x.exe", b"MZ")]);
    let second = taken(&bed, "a.zip", &zipped).await;
    assert_eq!(second.counts, counts(3, 1, 1, 1));
    let notes = archives::notes(&bed.admin(), second.id).await.unwrap();
    assert_eq!(notes.iter().map(|it| (it.number, it.fault)).collect::<Vec<_>>(), [(3, ArchiveFault::NoMail)]);
    assert_eq!(old(&bed).await.len(), 2);
}

#[tokio::test]
async fn what_left_as_xml_comes_back_elsewhere_and_is_known_at_home() {
    let (bed, other) = (TestBed::new().await, TestBed::new().await);
    let admin = bed.admin();
    let file = attachments::put(&admin, "cena.txt", "text/plain", b"<cena> & 5".to_vec()).await.unwrap();
    let draft = MessageDraft {
        to: "Eva <eva@example.sk>".into(),
        subject: "Ponuka <nová>".into(),
        body: "Dobrý deň".into(),
        attachments: vec![file.id],
        ..MessageDraft::default()
    };
    messages::send(&admin, None, draft).await.unwrap();
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    let order = MessageExport { format: MessageFormat::Xml, chosen: ChosenMessages::Matching(MessageFilter::default()) };
    let mut pieces = messages::export::messages(&admin, order).await.unwrap();
    let mut xml = Vec::new();
    while let Some(piece) = pieces.next().await.unwrap() {
        xml.extend(piece);
    }
    assert_eq!(taken(&bed, "messages.xml", &xml).await.counts, counts(1, 0, 1, 0));
    assert_eq!(taken(&other, "messages.xml", &xml).await.counts, counts(1, 1, 0, 0));
    let message = old(&other).await.remove(0);
    assert_eq!((message.subject.as_str(), message.recipients[0].name.as_str()), ("Ponuka <nová>", "Eva"));
    let content =
        attachments::open(&other.admin(), message.id, message.attachments[0].id).await.unwrap().1.whole().await.unwrap();
    assert_eq!(content, b"<cena> & 5");
}

#[tokio::test]
async fn what_no_message_id_names_is_told_apart_by_whom_it_went_to_and_known_at_home() {
    let bed = TestBed::new().await;
    let text = |to: &str| {
        format!(
            "<message id=\"1\" channel=\"sms\" created=\"2020-05-28T20:26:40Z\" message-id=\"\"><from name=\"\">Firma</from><to name=\"\">{to}</to>\
             <subject/><text>Objednávka je pripravená.</text></message>"
        )
    };
    let xml = format!("<messages>{}{}</messages>", text("+421905000001"), text("+421905000002"));
    assert_eq!(taken(&bed, "a.xml", xml.as_bytes()).await.counts, counts(2, 2, 0, 0));
    assert_eq!(taken(&bed, "a.xml", xml.as_bytes()).await.counts, counts(2, 0, 2, 0));

    let draft = MessageDraft { to: "eva@example.sk".into(), subject: "S".into(), body: "T".into(), ..MessageDraft::default() };
    let id = messages::send(&bed.admin(), None, draft).await.unwrap().id;
    let own = history::open(&bed.admin(), id).await.unwrap();
    let address = own.from.rsplit('<').next().unwrap().trim_end_matches('>');
    let back = |to: &str| {
        format!(
            "<message channel=\"email\" created=\"{}\" message-id=\"\"><from name=\"\">{address}</from><to name=\"\">{to}</to>\
             <subject>S</subject><text>T</text></message>",
            own.created_at.rfc3339()
        )
    };
    let xml = format!("<messages>{}{}</messages>", back("eva@example.sk"), back("jana@example.sk"));
    assert_eq!(taken(&bed, "b.xml", xml.as_bytes()).await.counts, counts(2, 1, 1, 0));
}

#[tokio::test]
async fn a_mail_of_years_to_come_stands_among_those_without_a_date() {
    let bed = TestBed::new().await;
    let late = mail(1, "eva@example.sk", "Z budúcnosti").replace("28 May 2020", "28 May 2099");
    let taken = taken(&bed, "a.eml", late.as_bytes()).await;
    assert_eq!(taken.counts, ArchiveCounts { undated: 1, ..counts(1, 1, 0, 0) });
    assert!(old(&bed).await[0].created_at < bed.admin().now().plus(1));
}

#[tokio::test]
async fn a_walk_goes_on_where_a_crash_left_it() {
    let mut bed = TestBed::new().await;
    let mails: Vec<String> = (0..120).map(|n| mail(n, "eva@example.sk", "Stará")).collect();
    let id = brought(&bed.admin(), "a.mbox", &mbox(&mails)).await;
    bed.crash().await;
    walked(&bed, id).await;
    archives::start(&bed.admin(), id).await.unwrap();
    bed.crash().await;
    let ended = walked(&bed, id).await;
    assert_eq!((ended.state, ended.counts, ended.progress), (ArchiveState::Ended, counts(120, 120, 0, 0), 1_000));
    bed.crash().await;
    let count = history::count(&bed.admin(), MessageFilter { origin: Some(Origin::Archive), ..MessageFilter::default() }).await;
    assert_eq!(count.unwrap(), 120);
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn hostile_files_spoil_nothing_but_themselves() {
    let bed = TestBed::new().await;
    for (name, content) in [("a.zip", &b"PK\x03\x04garbage"[..]), ("b.zip", b"PK\x05\x06")] {
        let id = brought(&bed.admin(), name, content).await;
        assert_eq!(walked(&bed, id).await.state, ArchiveState::Failed, "{name}");
    }
    let nothing = brought(&bed.admin(), "c.mbox", b"\0\xff\xfe nothing of a mail").await;
    let looked = walked(&bed, nothing).await;
    assert_eq!((looked.state, looked.counts), (ArchiveState::Looked, counts(1, 0, 0, 1)));
    let xml =
        b"<messages><message channel=\"email\"><to>eva</to></message><damaged id=\"7\">x</damaged><message channel=\"email\">";
    let broken = brought(&bed.admin(), "d.xml", xml).await;
    assert_eq!(walked(&bed, broken).await.counts, counts(2, 0, 0, 2));
    let nested = format!("From: a@b.sk\r\nSubject: x\r\n{}", "Content-Type: message/rfc822\r\n\r\n".repeat(3_000));
    let nested = brought(&bed.admin(), "e.eml", nested.as_bytes()).await;
    assert_eq!(walked(&bed, nested).await.counts, ArchiveCounts { undated: 1, ..counts(1, 1, 0, 0) });
}

#[tokio::test]
async fn who_may_not_brings_nothing_and_what_runs_can_be_stopped() {
    let bed = TestBed::new().await;
    let writer = bed.user_with(&[Permission::MessagesViewAll, Permission::MessageSend]).await;
    assert_eq!(refused(archives::begin(&writer, "a.mbox").await), Refusal::NotPermitted(Permission::MessagesImport));
    let admin = bed.admin();
    let id = brought(&admin, "a.mbox", &mbox(&[mail(1, "eva@example.sk", "Stará")])).await;
    assert_eq!(refused(archives::start(&admin, id).await), Refusal::IllegalStep(Noun::Import));
    assert_eq!(refused(archives::forget(&admin, id).await), Refusal::IllegalStep(Noun::Import));
    archives::stop(&admin, id).await.unwrap();
    assert_eq!(walked(&bed, id).await.state, ArchiveState::Stopped);
    archives::forget(&admin, id).await.unwrap();
    assert_eq!(archives::list(&admin).await.unwrap(), []);
    let entries = audit::list(&admin, AuditQuery::default()).await.unwrap().rows;
    let about = entries.iter().filter_map(|it| if let Deed::Archive(deed) = it.deed { Some(deed) } else { None });
    assert_eq!(about.collect::<Vec<_>>(), [ArchiveDeed::Forgotten(id), ArchiveDeed::Stopped(id), ArchiveDeed::Brought(id)]);
}

#[tokio::test]
async fn a_file_is_taken_in_from_where_it_lies_and_what_was_let_go_does_not_come_back() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let path: PathBuf = bed.folder().join("old.mbox");
    std::fs::write(&path, mbox(&[mail(1, "eva@example.sk", "Stará"), mail(2, "eva@example.sk", "Druhá")])).unwrap();
    assert_eq!(archives::take_in_file(&admin, &path, true).await.unwrap(), (counts(2, 2, 0, 0), vec![]));
    assert_eq!(old(&bed).await.len(), 0);
    assert_eq!(archives::take_in_file(&admin, &path, false).await.unwrap().0, counts(2, 2, 0, 0));
    let ids: Vec<MessageId> = old(&bed).await.iter().map(|it| it.id).collect();
    retention::delete(&admin, ids).await.unwrap();
    bed.advance(model::time::days(31));
    while retention::turn(&bed.engine).await.unwrap() {}
    assert!(old(&bed).await.iter().all(|it| it.erased_at.is_some()));
    assert_eq!(archives::take_in_file(&admin, &path, false).await.unwrap().0, counts(2, 0, 2, 0));
}

#[tokio::test]
async fn what_came_later_but_is_older_is_counted_and_goes_with_the_rest() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let draft =
        MessageDraft { to: "eva@example.sk".into(), subject: "Nová".into(), body: "text".into(), ..MessageDraft::default() };
    messages::send(&admin, None, draft).await.unwrap();
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    let mails: Vec<String> = (0..3).map(|n| mail(n, "eva@example.sk", "Stará")).collect();
    taken(&bed, "a.mbox", &mbox(&mails)).await;
    bed.advance(model::time::days(100));
    let mut rules = RetentionRules::default();
    for kind in [RetentionKind::SingleMail, RetentionKind::OldArchive] {
        rules.kinds.insert(kind, RetentionRule { months: Some(1), end: RetentionEnd::Anonymise });
    }
    let revision = retention::open(&admin).await.unwrap().revision;
    retention::save_rules(&admin, revision, rules).await.unwrap();
    retention::look(&admin).await.unwrap();
    while retention::turn(&bed.engine).await.unwrap() {}
    assert_eq!(retention::open(&admin).await.unwrap().look.unwrap().found.messages(), 4);
    retention::apply(&admin).await.unwrap();
    while retention::turn(&bed.engine).await.unwrap() {}
    let standing = retention::open(&admin).await.unwrap();
    assert_eq!((standing.run.unwrap().found.messages(), standing.in_bin), (4, 4));
}
