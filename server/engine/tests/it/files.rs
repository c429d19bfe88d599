//! Files on their way in and out: piece by piece, and the same bytes whichever way they leave.

use std::io::{Cursor, Read};

use engine::testbed::TestBed;
use engine::{Ctx, PIECE, Pieces, attachments, contacts, history, messages, persons, worker};
use model::message::UNDO_MS;
use model::{
    ChosenMessages, ContactDraft, Fault, MessageDetail, MessageDraft, MessageExport, MessageFormat, Permission, Refusal,
};

use crate::refused;

/// More than a piece of any form of a file: its base64 with its line breaks, and what stands around it.
const LARGEST: usize = PIECE / 3 * 4 + PIECE / 57 * 2 + 4_096;

/// Bytes that nothing can pack.
fn noise(n: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    (0..n).map(|_| next()).collect()
}

/// What leaves, and how large its largest piece was.
async fn left(mut out: impl Pieces) -> (Vec<u8>, usize) {
    let (mut all, mut largest) = (Vec::new(), 0);
    while let Some(piece) = out.next().await.unwrap() {
        largest = largest.max(piece.len());
        all.extend(piece);
    }
    (all, largest)
}

async fn uploaded(ctx: &Ctx, name: &str, content: &[u8]) -> model::Attachment {
    let mut arriving = attachments::begin(ctx, name).await.unwrap();
    for piece in content.chunks(PIECE) {
        arriving.file().put(piece.to_vec()).await.unwrap();
    }
    arriving.finish("application/pdf").await.unwrap()
}

async fn sent(bed: &TestBed, content: &[u8]) -> MessageDetail {
    let admin = bed.admin();
    let (large, small) = (uploaded(&admin, "plán.pdf", content).await, uploaded(&admin, "cena.txt", b"cena 5").await);
    let draft = MessageDraft {
        to: "Eva <eva@example.sk>".into(),
        subject: "Plán".into(),
        body: "Posielame plán.".into(),
        attachments: vec![large.id, small.id],
        ..MessageDraft::default()
    };
    let id = messages::send(&admin, None, draft).await.unwrap().id;
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    history::open(&admin, id).await.unwrap()
}

fn entry(archive: &[u8], ending: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let found = (0..archive.len()).find(|it| archive.by_index(*it).unwrap().name().unwrap().ends_with(ending)).unwrap();
    let mut content = Vec::new();
    archive.by_index(found).unwrap().read_to_end(&mut content).unwrap();
    content
}

#[tokio::test]
async fn a_large_file_leaves_in_every_form_without_ever_being_whole() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = ContactDraft { last_name: "Nová".into(), emails: vec!["eva@example.sk".into()], ..ContactDraft::default() };
    let eva = contacts::save(&admin, None, eva).await.unwrap();
    let content = noise(3 * PIECE + 100);
    let message = sent(&bed, &content).await;
    let (file, out) = attachments::open(&admin, message.id, message.attachments[0].id).await.unwrap();
    assert_eq!((file.size, out.size()), (content.len() as u64, content.len() as u64));
    let (bytes, largest) = left(out).await;
    assert!(bytes == content && largest == PIECE, "{largest}");

    let out = messages::export::mail(&admin, message.id).await.unwrap();
    let size = out.size();
    let (mail, largest) = left(out).await;
    assert!(size == mail.len() as u64 && largest <= LARGEST, "{size} {largest}");
    let read = delivery::archive::read(&mail).unwrap();
    assert_eq!(read.files.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["plán.pdf", "cena.txt"]);
    assert!(read.files[0].content == content && read.files[1].content == b"cena 5");

    let order = |format| MessageExport { format, chosen: ChosenMessages::These(vec![message.id]) };
    let export = async |format| left(messages::export::messages(&admin, order(format)).await.unwrap()).await;
    let (zip, largest) = export(MessageFormat::Eml).await;
    assert!(entry(&zip, ".eml") == mail && largest <= LARGEST, "{largest}");
    let (mbox, largest) = export(MessageFormat::Mbox).await;
    assert!(mbox.len() < mail.len() && largest <= LARGEST, "{largest}");
    let (xml, largest) = export(MessageFormat::Xml).await;
    assert!(xml.ends_with(b"</messages>\n") && largest <= LARGEST, "{largest}");

    let (person, largest) = left(persons::export(&admin, eva).await.unwrap()).await;
    assert!(entry(&person, ".eml") == mail && largest <= LARGEST, "{largest}");
}

#[tokio::test]
async fn a_file_that_grows_too_large_or_holds_nothing_is_refused_and_leaves_nothing() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let mut arriving = attachments::begin(&admin, "a.bin").await.unwrap();
    let (max, mut come) = (arriving.file().max() as usize, 0);
    while come + PIECE <= max {
        arriving.file().put(vec![0; PIECE]).await.unwrap();
        come += PIECE;
    }
    assert_eq!(refused(arriving.file().put(vec![0; PIECE]).await), Refusal::FileTooLarge { max: max as u64 });
    arriving.forget().await.unwrap();
    let empty = attachments::begin(&admin, "a.bin").await.unwrap();
    assert_eq!(refused(empty.finish("x/y").await), Refusal::field("content", Fault::Missing));
    assert_eq!(refused(attachments::begin(&admin, "a.exe").await), Refusal::FileTypeBlocked { ending: "exe".into() });
    let stranger = bed.user_with(&[Permission::ContactsView]).await;
    assert_eq!(refused(attachments::begin(&stranger, "a.bin").await), Refusal::NotPermitted(Permission::MessageWrite));
}

#[tokio::test]
async fn a_message_with_too_many_files_is_not_sent() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let mut files = Vec::new();
    for n in 0..=50_u8 {
        files.push(uploaded(&admin, "a.txt", &[n]).await.id);
    }
    let draft = |files: &[model::AttachmentId]| MessageDraft {
        to: "eva@example.sk".into(),
        subject: "Plán".into(),
        body: "Posielame plán.".into(),
        attachments: files.to_vec(),
        ..MessageDraft::default()
    };
    let refusal = refused(messages::send(&admin, None, draft(&files)).await);
    assert_eq!(refusal, Refusal::field("attachments", Fault::TooMany { max: 50 }));
    messages::send(&admin, None, draft(&files[..50])).await.unwrap();
}
