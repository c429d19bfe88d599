//! The library: what goes in, who uses it, and what replacing reaches.

use engine::testbed::TestBed;
use engine::{Arriving, Ctx, Error, PIECE, Pieces, attachments, audit, history, janitor, library, messages, templates, worker};
use model::library::{FileFault, LibraryKind, SIZE_MAX};
use model::time::{hours, seconds};
use model::{
    Attachment, AuditQuery, Channel, Deed, Language, LibraryDraft, LibraryFilter, LibraryId, LibraryItem, LibraryQuery,
    LibrarySort, MessageDraft, Noun, Permission, Refusal, TemplateAttachment, TemplateBody, TemplateDraft, TemplateText,
};

use crate::refused;

/// A GIF of one point in this colour.
fn picture(red: u8) -> Vec<u8> {
    let mut gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b".to_vec();
    gif[13] = red;
    gif
}

fn pdf(words: &str) -> Vec<u8> {
    format!("%PDF-1.7\n{words}\n%%EOF").into_bytes()
}

/// A file that comes in pieces.
async fn arrived(ctx: &Ctx, content: Vec<u8>) -> Result<Arriving, Error> {
    let mut file = library::begin(ctx)?;
    for piece in content.chunks(PIECE) {
        file.put(piece.to_vec()).await?;
    }
    Ok(file)
}

pub async fn add(ctx: &Ctx, draft: LibraryDraft, content: Vec<u8>) -> Result<LibraryItem, Error> {
    library::add(ctx, draft, arrived(ctx, content).await?).await
}

async fn replace(ctx: &Ctx, id: LibraryId, revision: i64, name: &str, content: Vec<u8>) -> Result<LibraryItem, Error> {
    library::replace(ctx, id, revision, name.into(), arrived(ctx, content).await?).await
}

async fn put(ctx: &Ctx, name: &str, folder: &str, content: Vec<u8>) -> LibraryItem {
    add(ctx, LibraryDraft { name: name.into(), folder: folder.into() }, content).await.unwrap()
}

async fn found(ctx: &Ctx, filter: LibraryFilter) -> Vec<String> {
    let query = LibraryQuery { filter, sort: LibrarySort::Name, after: None };
    library::list(ctx, query).await.unwrap().rows.into_iter().map(|it| it.name).collect()
}

/// A template that carries a file.
async fn template(ctx: &Ctx, file: &Attachment) -> model::TemplateId {
    let text = TemplateText {
        subject: "Ponuka".into(),
        body: TemplateBody::Html("<p>Ponuka</p>".into()),
        ..TemplateText::empty(Language::Sk, Channel::Email)
    };
    let attachments = vec![TemplateAttachment::File(file.id)];
    let draft = TemplateDraft { name: "Ponuka dreva".into(), texts: vec![text], attachments, ..TemplateDraft::default() };
    templates::save(ctx, None, draft).await.unwrap().0
}

fn draft(file: &Attachment) -> MessageDraft {
    MessageDraft {
        to: "eva@example.sk".into(),
        subject: "Cenník".into(),
        body: "Text".into(),
        attachments: vec![file.id],
        ..MessageDraft::default()
    }
}

/// The bytes that a message carries.
async fn carried(ctx: &Ctx, message: model::MessageId) -> Vec<u8> {
    let file = history::open(ctx, message).await.unwrap().attachments.remove(0);
    attachments::open(ctx, message, file.id).await.unwrap().1.whole().await.unwrap()
}

#[tokio::test]
async fn a_file_of_several_pieces_is_judged_and_kept_as_it_came() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let long = pdf(&"x".repeat(2 * PIECE + 7));
    let item = put(&admin, "Dlhý.pdf", "", long.clone()).await;
    assert_eq!((item.size, item.media_type.as_str()), (long.len() as u64, "application/pdf"));
    assert!(library::open(&admin, item.id).await.unwrap().1.whole().await.unwrap() == long);
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_file_is_what_its_content_says_and_is_found_by_its_name() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let logo = put(&admin, "../Zľava letná.exe", "Jar", picture(7)).await;
    assert_eq!((logo.name.as_str(), logo.media_type.as_str(), logo.folder.as_str()), ("Zľava letná.png", "image/png", "Jar"));
    assert_eq!(logo.kind, LibraryKind::Picture { width: 1, height: 1 });
    assert!(library::picture(&admin, logo.id).await.unwrap().1.whole().await.unwrap().starts_with(b"\x89PNG"));
    assert!(library::thumbnail(&admin, logo.id).await.unwrap().starts_with(b"\x89PNG"));
    put(&admin, "Cenník.txt", "", pdf("1")).await;
    put(&admin, "Podmienky", "jar", pdf("2")).await;
    assert_eq!(found(&admin, LibraryFilter::default()).await, ["Cenník.pdf", "Podmienky.pdf", "Zľava letná.png"]);
    assert_eq!(found(&admin, LibraryFilter { words: "letna zla".into(), ..Default::default() }).await, ["Zľava letná.png"]);
    assert_eq!(
        found(&admin, LibraryFilter { folder: Some("JAR".into()), ..Default::default() }).await,
        ["Podmienky.pdf", "Zľava letná.png"]
    );
    assert_eq!(found(&admin, LibraryFilter { folder: Some(String::new()), ..Default::default() }).await, ["Cenník.pdf"]);
    assert_eq!(found(&admin, LibraryFilter { pictures: Some(true), ..Default::default() }).await, ["Zľava letná.png"]);
    assert_eq!(library::folders(&admin).await.unwrap(), ["Jar"]);
    let query = AuditQuery::default();
    let deeds: Vec<Deed> = audit::list(&admin, query).await.unwrap().rows.into_iter().map(|it| it.deed).collect();
    assert!(deeds.contains(&Deed::LibraryAdded(logo.id)));
}

#[tokio::test]
async fn what_may_not_be_kept_is_refused_with_the_reason() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    for (content, fault) in [
        (&b""[..], FileFault::Empty),
        (b"MZ\x90", FileFault::NotAllowed),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileFault::Svg),
        (b"\x89PNG\r\n\x1a\n", FileFault::Damaged),
    ] {
        let answer = add(&admin, LibraryDraft { name: "a.png".into(), folder: String::new() }, content.to_vec()).await;
        assert_eq!(refused(answer), Refusal::FileRefused(fault));
    }
    let large = vec![0; SIZE_MAX as usize + 1];
    let answer = add(&admin, LibraryDraft { name: "a.pdf".into(), folder: String::new() }, large).await;
    assert_eq!(refused(answer), Refusal::FileTooLarge { max: SIZE_MAX });
    assert!(matches!(refused(add(&admin, LibraryDraft::default(), pdf("1")).await), Refusal::Invalid(_)));
    assert!(found(&admin, LibraryFilter::default()).await.is_empty());
}

#[tokio::test]
async fn who_writes_may_take_and_only_who_manages_templates_may_change() {
    let bed = TestBed::new().await;
    let item = put(&bed.admin(), "Cenník.pdf", "", pdf("1")).await;
    let writer = bed.user_with(&[Permission::MessageWrite]).await;
    assert_eq!(library::take(&writer, item.id).await.unwrap().name, "Cenník.pdf");
    assert_eq!(library::open(&writer, item.id).await.unwrap().1.whole().await.unwrap(), pdf("1"));
    let denied = Refusal::NotPermitted(Permission::TemplatesManage);
    let named = LibraryDraft { name: "x".into(), folder: String::new() };
    assert_eq!(refused(add(&writer, named.clone(), pdf("2")).await), denied);
    assert_eq!(refused(library::change(&writer, item.id, 1, named).await), denied);
    assert_eq!(refused(replace(&writer, item.id, 1, "x.pdf", pdf("2")).await), denied);
    assert_eq!(refused(library::delete(&writer, item.id).await), denied);
    let stranger = bed.user_with(&[Permission::LogView]).await;
    assert_eq!(refused(library::list(&stranger, LibraryQuery::default()).await), Refusal::NotPermitted(Permission::MessageWrite));
    assert_eq!(refused(library::open(&stranger, item.id).await), Refusal::NotPermitted(Permission::MessageWrite));
}

#[tokio::test]
async fn replacing_reaches_templates_and_drafts_and_never_what_was_released() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let item = put(&admin, "Cenník 2026.pdf", "", pdf("old")).await;
    template(&admin, &library::take(&admin, item.id).await.unwrap()).await;
    let written = messages::save_draft(&admin, None, draft(&library::take(&admin, item.id).await.unwrap())).await.unwrap();
    let sent = messages::send(&admin, None, draft(&library::take(&admin, item.id).await.unwrap())).await.unwrap();
    bed.advance(seconds(11));
    worker::turn(&bed.engine).await.unwrap();
    let uses = library::uses(&admin, item.id).await.unwrap();
    assert_eq!((uses.templates.len(), uses.drafts, uses.released), (1, 1, 1));
    assert_eq!(uses.templates[0].1, "Ponuka dreva");

    let replaced = replace(&admin, item.id, item.revision, "Cenník 2027.pdf", pdf("new")).await.unwrap();
    assert_eq!((replaced.name.as_str(), replaced.version), ("Cenník 2026.pdf", 2));
    assert_eq!(carried(&admin, sent.id).await, pdf("old"));
    let later =
        messages::send(&admin, Some(written), messages::open_draft(&admin, written.id).await.unwrap().draft).await.unwrap();
    assert_eq!(carried(&admin, later.id).await, pdf("new"));
    let deeds: Vec<Deed> = audit::list(&admin, AuditQuery::default()).await.unwrap().rows.into_iter().map(|it| it.deed).collect();
    assert!(deeds.contains(&Deed::LibraryReplaced(item.id, 2)), "{deeds:?}");
    let stale = replace(&admin, item.id, item.revision, "a.pdf", pdf("newer")).await;
    assert_eq!(refused(stale), Refusal::Stale(Noun::Library));
    let other = replace(&admin, item.id, replaced.revision, "a.gif", picture(1)).await;
    assert_eq!(refused(other), Refusal::FileRefused(FileFault::OtherKind));
}

#[tokio::test]
async fn a_picture_that_was_taken_keeps_its_own_name_so_that_texts_still_call_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let item = put(&admin, "logo.gif", "", picture(1)).await;
    let (one, two) = (library::take(&admin, item.id).await.unwrap(), library::take(&admin, item.id).await.unwrap());
    assert_ne!(one.name, two.name);
    let written = messages::save_draft(&admin, None, draft(&one)).await.unwrap();
    replace(&admin, item.id, item.revision, "other.gif", picture(200)).await.unwrap();
    let files = messages::open_draft(&admin, written.id).await.unwrap().attachments;
    assert_eq!(files[0].name, one.name);
}

#[tokio::test]
async fn what_is_in_use_stays_and_what_is_not_goes() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let item = put(&admin, "Cenník.pdf", "", pdf("1")).await;
    let used = template(&admin, &library::take(&admin, item.id).await.unwrap()).await;
    assert_eq!(refused(library::delete(&admin, item.id).await), Refusal::InUse(Noun::Library));
    templates::delete(&admin, vec![used]).await.unwrap();
    library::delete(&admin, item.id).await.unwrap();
    assert_eq!(refused(library::open(&admin, item.id).await), Refusal::NotFound(Noun::Library));
    assert_eq!(refused(library::delete(&admin, LibraryId(999)).await), Refusal::NotFound(Noun::Library));
}

#[tokio::test]
async fn name_and_folder_change_and_the_ending_stays() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let item = put(&admin, "Cenník.pdf", "", pdf("1")).await;
    let named = LibraryDraft { name: "Cenník jar.docx".into(), folder: " Jar ".into() };
    library::change(&admin, item.id, item.revision, named.clone()).await.unwrap();
    assert_eq!(found(&admin, LibraryFilter { folder: Some("Jar".into()), ..Default::default() }).await, ["Cenník jar.pdf"]);
    assert_eq!(refused(library::change(&admin, item.id, item.revision, named).await), Refusal::Stale(Noun::Library));
}

#[tokio::test]
async fn the_library_keeps_its_contents_when_loose_files_are_swept() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let item = put(&admin, "Cenník.pdf", "", pdf("1")).await;
    library::take(&admin, item.id).await.unwrap();
    bed.advance(hours(24 * 30));
    janitor::turn(&bed.engine).await.unwrap();
    assert_eq!(library::open(&admin, item.id).await.unwrap().1.whole().await.unwrap(), pdf("1"));
    assert!(bed.engine.check().await.unwrap().is_empty());
}
