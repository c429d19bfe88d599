//! Tags, own fields, kin, and keys of persons that can be destroyed.

use model::message::Role;
use model::person::ERASED_ADDRESS;
use model::{
    AddressLine, ContactDraft, FieldChange, FieldDraft, FieldKind, FieldValue, HomeCountry, MessageDraft, MessageFilter,
    MessageId, MessageQuery, Nature, OwnValue, Purpose, Recipient,
};
use store::messages::{Complete, Scope};
use store::{Tx, contacts, drafts, erasure, fields, messages};

use crate::scratch::{NOW, Scratch, capture, contact, email, writer};

/// A prepared message to these contacts by their addresses.
async fn letter(scratch: &Scratch, tx: &mut Tx, to: &[(i64, &str)]) -> MessageId {
    let author = writer(tx, &format!("jana{}@firma.sk", to.len())).await;
    let account = capture(tx).await;
    let id = drafts::create(&scratch.store, tx, author, model::Origin::Manual, &MessageDraft::default(), NOW).await.unwrap().id;
    let recipients: Vec<Recipient> = to
        .iter()
        .map(|(id, address)| Recipient {
            role: Role::To,
            name: "Eva".into(),
            address: email(address).into(),
            contact: Some(model::ContactId(*id)),
        })
        .collect();
    let message = Complete {
        account,
        sender_name: "Firma",
        sender_address: "obchod@firma.sk",
        reply_to: "",
        header_id: "x@firma.sk",
        contact: None,
        subject: "Tajný predmet",
        text: "Tajný text.",
        html: "<p>Tajný text.</p>",
        recipients: &recipients,
        attachments: 0,
    };
    messages::complete(&scratch.store, tx, id, &message).await.unwrap();
    id
}

#[tokio::test]
async fn a_message_to_one_person_opens_until_their_key_is_destroyed() {
    let mut scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let id = letter(&scratch, &mut tx, &[(eva.0, "eva@example.sk")]).await;
    tx.commit().await.unwrap();
    scratch.reopen().await;
    let mut tx = scratch.tx().await;
    assert_eq!(messages::parts(&scratch.store, &mut tx, id).await.unwrap().text, "Tajný text.");

    let all = erasure::correspondence(&mut tx, eva).await.unwrap();
    assert_eq!((all.alone.as_slice(), all.shared.len()), (&[id][..], 0));
    erasure::erase(&mut tx, eva, &all, NOW).await.unwrap();
    let stored = messages::by_id(&scratch.store, &mut tx, id).await.unwrap();
    assert_eq!((stored.erased_at, stored.subject.as_str(), stored.text.as_str()), (Some(NOW), "", ""));
    assert_eq!(stored.recipients[0].address.as_str(), ERASED_ADDRESS);
    let scope = Scope::All(stored.author.0);
    let rows = messages::page(&scratch.store, &mut tx, &MessageQuery::default(), scope).await.unwrap().rows;
    assert!(rows[0].is_erased && rows[0].subject.is_empty());
    assert_eq!(messages::count(&mut tx, &MessageFilter::default(), scope).await.unwrap(), 1);
}

#[tokio::test]
async fn files_of_an_erased_person_are_overwritten_where_they_lay() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let id = letter(&scratch, &mut tx, &[(eva.0, "eva@example.sk")]).await;
    let owner = writer(&mut tx, "peter@firma.sk").await;
    let content: Vec<u8> = (0..40_000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let file = store::attachments::put(&scratch.store, &mut tx, owner, "zmluva.pdf", "x/y", &content, NOW).await.unwrap();
    let sql = "UPDATE attachments SET message_id = $1 WHERE id = $2";
    sqlx::query(sql).bind(id.0).bind(file.id.0).execute(&mut *tx).await.unwrap();
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT content FROM blob_chunks").fetch_one(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = scratch.tx().await;
    let all = erasure::correspondence(&mut tx, eva).await.unwrap();
    erasure::erase(&mut tx, eva, &all, NOW).await.unwrap();
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM blobs").fetch_one(&mut *tx).await.unwrap();
    assert_eq!(left, 0);
    tx.commit().await.unwrap();
    scratch.store.close().await;
    let database = std::fs::read(scratch.folder.path().join("posel.db")).unwrap();
    for some in sealed.chunks_exact(64).step_by(31) {
        assert!(!database.windows(64).any(|it| it == some));
    }
}

#[tokio::test]
async fn a_message_to_several_stays_readable_without_the_erased_one() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let ida = contact(&mut tx, "Ida", "Malá", "ida@example.sk").await;
    let id = letter(&scratch, &mut tx, &[(eva.0, "eva@example.sk"), (ida.0, "ida@example.sk")]).await;
    let all = erasure::correspondence(&mut tx, eva).await.unwrap();
    assert_eq!((all.alone.len(), all.shared.as_slice()), (0, &[id][..]));
    erasure::erase(&mut tx, eva, &all, NOW).await.unwrap();
    let parts = messages::parts(&scratch.store, &mut tx, id).await.unwrap();
    assert_eq!(parts.text, "Tajný text.");
    let addresses: Vec<&str> = parts.recipients.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(addresses, [ERASED_ADDRESS, "ida@example.sk"]);
}

#[tokio::test]
async fn messages_to_an_address_of_the_contact_are_tied_to_it() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let account = capture(&mut tx).await;
    let id = crate::scratch::prepared(&scratch, &mut tx, author, account, "EVA@example.sk", "Ponuka", NOW).await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    assert!(erasure::correspondence(&mut tx, eva).await.unwrap().alone.is_empty());
    erasure::tie(&mut tx, eva).await.unwrap();
    assert_eq!(erasure::correspondence(&mut tx, eva).await.unwrap().alone, [id]);
}

#[tokio::test]
async fn a_choice_that_goes_takes_its_values_with_it() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let choices = vec![(None, "A".to_owned()), (None, "B".to_owned())];
    let draft = FieldDraft { name: "Cenník".into(), kind: FieldKind::Choice, choices, ..FieldDraft::default() };
    let field = fields::create(&mut tx, &draft, "cennik").await.unwrap();
    let own = fields::all(&mut tx).await.unwrap();
    let (a, b) = (own[0].choices[0].clone(), own[0].choices[1].clone());
    let values = vec![OwnValue { field, value: FieldValue::Choice(a.id) }];
    let eva = ContactDraft { last_name: "Nová".into(), values, ..ContactDraft::default() };
    let addresses = eva.check(HomeCountry::Slovakia, &own).unwrap();
    let eva = contacts::create(&mut tx, &eva, &addresses, NOW).await.unwrap();
    assert_eq!(fields::values_lost(&mut tx, FieldChange::RemoveChoice(a.id)).await.unwrap(), 1);
    assert_eq!(fields::values_lost(&mut tx, FieldChange::RemoveChoice(b.id)).await.unwrap(), 0);
    let fewer = FieldDraft { choices: vec![(Some(b.id), "Bé".into())], ..draft };
    fields::change(&mut tx, field, &fewer, "cennik").await.unwrap();
    assert!(contacts::by_id(&mut tx, eva).await.unwrap().fields.values.is_empty());
    let own = fields::all(&mut tx).await.unwrap();
    assert_eq!(own[0].choices.iter().map(|it| (it.id, it.name.as_str())).collect::<Vec<_>>(), [(b.id, "Bé")]);
}

#[tokio::test]
async fn a_contact_comes_back_with_everything_that_was_written() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let line = |text: &str, purpose| AddressLine { text: text.into(), purpose };
    let draft = ContactDraft {
        nature: Nature::Company,
        company_name: "Drevo".into(),
        emails: vec![line("fakt@drevo.sk", Purpose::Invoices), line("info@drevo.sk", Purpose::General)],
        tax_number: "2020".into(),
        vat_number: "SK2020".into(),
        tags: vec!["VIP".into()],
        no_bulk: true,
        ..ContactDraft::default()
    };
    let addresses = draft.check(HomeCountry::Slovakia, &[]).unwrap();
    let id = contacts::create(&mut tx, &draft, &addresses, NOW).await.unwrap();
    assert_eq!(contacts::by_id(&mut tx, id).await.unwrap().fields, draft);
    let page = contacts::page(&mut tx, &model::ContactQuery::default()).await.unwrap();
    assert_eq!(page.rows[0].row.email, "info@drevo.sk");
}

#[tokio::test]
async fn a_tag_that_nobody_bears_goes() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let draft = ContactDraft { last_name: "Nová".into(), tags: vec!["100% VIP".into()], ..ContactDraft::default() };
    let addresses = draft.check(HomeCountry::Slovakia, &[]).unwrap();
    let id = contacts::create(&mut tx, &draft, &addresses, NOW).await.unwrap();
    assert_eq!(contacts::tags(&mut tx, "100%").await.unwrap().len(), 1);
    assert_eq!(contacts::tags(&mut tx, "vip").await.unwrap().len(), 1);
    assert_eq!(contacts::tags(&mut tx, "_00").await.unwrap().len(), 0);
    contacts::delete(&mut tx, id).await.unwrap();
    assert!(contacts::tags(&mut tx, "").await.unwrap().is_empty());
}
