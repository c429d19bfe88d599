//! Many contacts at once, duplicates, views: who may, what is noted, what stays.

use engine::testbed::TestBed;
use engine::{Ctx, bulk, contacts, duplicates, views};
use model::{
    AuditQuery, BulkChange, Chosen, ContactChoice, ContactDraft, ContactFilter, ContactId, ContactKind, ContactViewDraft, Deed,
    DuplicatePlace, DuplicateReason, MergeDraft, Nature, Noun, ParentLink, Permission, Refusal, Relation, Subject, ViewedList,
};

use crate::refused;

async fn person(ctx: &Ctx, first: &str, last: &str, emails: &[&str]) -> ContactId {
    let draft = ContactDraft {
        first_name: first.into(),
        last_name: last.into(),
        emails: emails.iter().map(|it| (*it).into()).collect(),
        ..ContactDraft::default()
    };
    contacts::save(ctx, None, draft).await.unwrap()
}

async fn deeds(ctx: &Ctx) -> Vec<Deed> {
    engine::audit::list(ctx, AuditQuery::default()).await.unwrap().rows.into_iter().map(|it| it.deed).collect()
}

fn merge(survivor: (ContactId, i64), other: (ContactId, i64), fields: ContactDraft) -> MergeDraft {
    MergeDraft { survivor, other, fields }
}

#[tokio::test]
async fn a_bulk_act_changes_the_chosen_and_leaves_one_entry_with_their_number() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = person(&ctx, "Eva", "Nová", &[]).await;
    let jan = person(&ctx, "Ján", "Kováč", &[]).await;
    person(&ctx, "Iva", "Malá", &[]).await;
    let chosen = Chosen::Ticked(vec![eva, jan, ContactId(999)]);
    let step = bulk::change(&ctx, chosen.clone(), BulkChange::Tag(" Stolári ".into()), None).await.unwrap();
    assert_eq!((step.done, step.left, step.next), (2, 1, None));
    assert!(matches!(deeds(&ctx).await[0], Deed::ContactsTagged(_, 2)));
    let again = bulk::change(&ctx, chosen, BulkChange::Tag("stolari".into()), None).await.unwrap();
    assert_eq!((again.done, again.left), (0, 3));
    assert_eq!(contacts::open(&ctx, eva).await.unwrap().fields.tags, ["Stolári"]);
}

#[tokio::test]
async fn all_that_match_less_some_are_taken() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = person(&ctx, "Eva", "Nová", &[]).await;
    let jan = person(&ctx, "Ján", "Nový", &[]).await;
    let filter = ContactFilter { words: "nov".into(), ..ContactFilter::default() };
    let all = Chosen::Matching { filter, except: vec![jan] };
    bulk::change(&ctx, all.clone(), BulkChange::NoBulk(true), None).await.unwrap();
    bulk::change(&ctx, all.clone(), BulkChange::Owner(Some(ctx.actor.id)), None).await.unwrap();
    let fields = contacts::open(&ctx, eva).await.unwrap().fields;
    assert_eq!((fields.no_bulk, fields.owner), (true, Some(ctx.actor.id)));
    assert!(!contacts::open(&ctx, jan).await.unwrap().fields.no_bulk);
    assert_eq!(bulk::delete(&ctx, all, None).await.unwrap().done, 1);
    assert_eq!(deeds(&ctx).await[0], Deed::ContactsDeleted(1));
    assert_eq!(refused(contacts::open(&ctx, eva).await), Refusal::NotFound(Noun::Contact));
}

#[tokio::test]
async fn an_owner_who_is_not_there_and_a_tag_without_a_name_are_refused() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let chosen = Chosen::Ticked(vec![person(&ctx, "Eva", "Nová", &[]).await]);
    let nobody = BulkChange::Owner(Some(model::UserId(999)));
    assert!(matches!(refused(bulk::change(&ctx, chosen.clone(), nobody, None).await), Refusal::Invalid(_)));
    assert!(matches!(refused(bulk::change(&ctx, chosen, BulkChange::Tag("  ".into()), None).await), Refusal::Invalid(_)));
}

#[tokio::test]
async fn recipients_are_picked_up_to_what_one_message_may_have() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    for n in 0..101 {
        person(&ctx, "Eva", &format!("Nová{n}"), &[&format!("eva{n}@example.sk")]).await;
    }
    person(&ctx, "Ján", "Bez", &[]).await;
    let everybody = Chosen::Matching { filter: ContactFilter::default(), except: Vec::new() };
    let picked = bulk::pick(&ctx, everybody).await.unwrap();
    assert_eq!((picked.recipients.len(), picked.too_many), (100, true));
    let few = ContactFilter { words: "eva7".into(), ..ContactFilter::default() };
    let picked = bulk::pick(&ctx, Chosen::Matching { filter: few, except: Vec::new() }).await.unwrap();
    assert_eq!((picked.recipients.len(), picked.too_many, picked.without), (11, false, 0));
}

#[tokio::test]
async fn numbers_are_picked_up_to_what_one_message_may_have_and_who_has_none_is_counted() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    for n in 0..101 {
        let draft = ContactDraft {
            last_name: format!("Nová{n}"),
            phones: vec![format!("+421905100{n:03}").into()],
            ..ContactDraft::default()
        };
        contacts::save(&ctx, None, draft).await.unwrap();
    }
    person(&ctx, "Ján", "Bez", &["jan@example.sk"]).await;
    let everybody = Chosen::Matching { filter: ContactFilter::default(), except: Vec::new() };
    let picked = bulk::pick_phones(&ctx, everybody).await.unwrap();
    assert_eq!((picked.recipients.len(), picked.too_many), (100, true));
    let some = Chosen::Ticked((100..=102).map(ContactId).collect());
    let picked = bulk::pick_phones(&ctx, some).await.unwrap();
    assert_eq!((picked.recipients.len(), picked.too_many, picked.without), (2, false, 1));
    assert_eq!(picked.recipients[0].number.as_str(), "+421905100099");
}

#[tokio::test]
async fn chosen_contacts_become_of_another_kind() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = person(&ctx, "Eva", "Nová", &[]).await;
    let jan = person(&ctx, "Ján", "Nový", &[]).await;
    let chosen = Chosen::Ticked(vec![eva, jan]);
    let change = BulkChange::Kind(ContactKind::Partner);
    assert_eq!(bulk::change(&ctx, chosen.clone(), change.clone(), None).await.unwrap().done, 2);
    assert_eq!(deeds(&ctx).await[0], Deed::ContactsKindSet(ContactKind::Partner, 2));
    assert_eq!(contacts::open(&ctx, eva).await.unwrap().fields.kind, ContactKind::Partner);
    let again = bulk::change(&ctx, chosen, change, None).await.unwrap();
    assert_eq!((again.done, again.left), (0, 2));
}

#[tokio::test]
async fn two_contacts_become_one_that_has_everything_of_both() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = person(&ctx, "Eva", "Nová", &["eva@example.sk"]).await;
    let again = person(&ctx, "E.", "Nová", &["eva@example.sk", "nova@example.sk"]).await;
    contacts::set_password(&ctx, again, Some("tajné heslo".into())).await.unwrap();
    let place = DuplicatePlace { reason: DuplicateReason::Email, from: String::new() };
    assert_eq!(duplicates::list(&ctx, place.clone()).await.unwrap().groups.len(), 1);
    let (first, second) = (contacts::open(&ctx, eva).await.unwrap(), contacts::open(&ctx, again).await.unwrap());
    let fields = model::duplicate::unite(&first.fields, &second.fields);
    duplicates::merge(&ctx, merge((eva, first.revision), (again, second.revision), fields)).await.unwrap();
    let merged = contacts::open(&ctx, again).await.unwrap();
    assert_eq!((merged.id, merged.fields.first_name.as_str(), merged.fields.emails.len()), (eva, "Eva", 2));
    assert_eq!(contacts::show_password(&ctx, eva).await.unwrap(), "tajné heslo");
    assert!(duplicates::list(&ctx, place).await.unwrap().groups.is_empty());
    let about = AuditQuery { subject: Some(Subject::Contact(eva)), ..AuditQuery::default() };
    let history: Vec<Deed> = engine::audit::list(&ctx, about).await.unwrap().rows.into_iter().map(|it| it.deed).collect();
    assert!(history.contains(&Deed::ContactsMerged(eva, again)) && history.contains(&Deed::ContactCreated(again)));
    assert!(!contacts::alterations(&ctx, eva).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_merge_over_a_change_of_somebody_else_is_refused_as_stale() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let eva = person(&ctx, "Eva", "Nová", &[]).await;
    let again = person(&ctx, "Eva", "Nová", &[]).await;
    let (first, second) = (contacts::open(&ctx, eva).await.unwrap(), contacts::open(&ctx, again).await.unwrap());
    let fields = ContactDraft { note: "zmena".into(), ..second.fields.clone() };
    contacts::save(&ctx, Some((again, second.revision)), fields).await.unwrap();
    let draft = merge((eva, first.revision), (again, second.revision), first.fields);
    assert_eq!(refused(duplicates::merge(&ctx, draft).await), Refusal::Stale(Noun::Contact));
    assert!(contacts::open(&ctx, again).await.is_ok());
}

#[tokio::test]
async fn branches_go_over_and_nothing_hangs_under_itself() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let company = |name: &str, parent: Option<ContactId>| ContactDraft {
        nature: Nature::Company,
        company_name: name.into(),
        parent: parent.map(|contact| ParentLink { contact, relation: Relation::Branch }),
        ..ContactDraft::default()
    };
    let head = contacts::save(&ctx, None, company("Centrála", None)).await.unwrap();
    let branch = contacts::save(&ctx, None, company("Pobočka", Some(head))).await.unwrap();
    let other = contacts::save(&ctx, None, company("Sklad", Some(head))).await.unwrap();
    let (stays, goes) = (contacts::open(&ctx, branch).await.unwrap(), contacts::open(&ctx, head).await.unwrap());
    duplicates::merge(&ctx, merge((branch, stays.revision), (head, goes.revision), stays.fields)).await.unwrap();
    assert_eq!(contacts::open(&ctx, branch).await.unwrap().fields.parent, None);
    let parent = contacts::open(&ctx, other).await.unwrap().fields.parent;
    assert_eq!(parent.map(|it| it.contact), Some(branch));
}

#[tokio::test]
async fn somebody_elses_view_is_as_if_it_were_not_there_until_it_is_shared() {
    let bed = TestBed::new().await;
    let (ctx, reader) = (bed.admin(), bed.user_with(&[Permission::ContactsView]).await);
    let manager = bed.user_with(&[Permission::ContactsView, Permission::ListsManage]).await;
    let mut draft = ContactViewDraft { name: " Partneri ".into(), ..ContactViewDraft::default() };
    draft.what.filter.kind = Some(ContactKind::Partner);
    let id = views::save(&ctx, None, draft.clone()).await.unwrap();
    assert_eq!(views::settings::<ContactChoice>(&ctx).await.unwrap().views[0].draft.name, "Partneri");
    assert_eq!(refused(views::delete(&manager, ViewedList::Contacts, id).await), Refusal::NotFound(Noun::View));
    views::save(&ctx, Some(id), ContactViewDraft { shared: true, ..draft.clone() }).await.unwrap();
    assert_eq!(views::settings::<ContactChoice>(&reader).await.unwrap().views.len(), 1);
    assert_eq!(refused(views::save(&reader, Some(id), draft).await), Refusal::NotPermitted(Permission::ListsManage));
    views::set_default(&reader, ViewedList::Contacts, Some(id)).await.unwrap();
    views::delete(&manager, ViewedList::Contacts, id).await.unwrap();
    assert_eq!(views::settings::<ContactChoice>(&reader).await.unwrap().default_view, None);
}
