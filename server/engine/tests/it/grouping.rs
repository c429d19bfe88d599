//! Recipient lists, segments, the recipient field and the export of contacts.

use engine::Pieces;
use engine::testbed::TestBed;
use engine::{Ctx, audit, bulk, contacts, exports, picker, recipient_lists, segments};
use model::time::days;
use model::{
    Audience, AuditQuery, Chosen, Condition, ContactDraft, ContactFilter, ContactId, ContactKind, DayTest, Deed, EmailAddress,
    ExportFormat, ExportOrder, Fault, ListDraft, Nature, Noun, Permission, Purpose, RecipientListId, Refusal, SegmentDraft,
    SegmentRule, Subject, Takeover,
};

use crate::refused;

async fn person(ctx: &Ctx, last: &str, email: &str, kind: ContactKind) -> ContactId {
    let draft = ContactDraft {
        first_name: "Eva".into(),
        last_name: last.into(),
        kind,
        emails: vec![email.into()],
        ..ContactDraft::default()
    };
    contacts::save(ctx, None, draft).await.unwrap()
}

async fn list(ctx: &Ctx, name: &str) -> RecipientListId {
    recipient_lists::save(ctx, None, ListDraft { name: name.into(), ..ListDraft::default() }).await.unwrap()
}

fn matching(filter: ContactFilter) -> Chosen {
    Chosen::Matching { filter, except: Vec::new() }
}

async fn deeds(ctx: &Ctx, subject: Option<Subject>) -> Vec<Deed> {
    let page = audit::list(ctx, AuditQuery { subject, ..AuditQuery::default() }).await.unwrap();
    page.rows.into_iter().map(|it| it.deed).collect()
}

async fn file(ctx: &Ctx, chosen: Chosen, format: ExportFormat) -> String {
    let mut export = exports::contacts(ctx, ExportOrder { chosen, format, headings: Vec::new() }).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = export.next().await.unwrap() {
        bytes.extend(piece);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_list_filled_from_a_search_says_so_and_fills_once() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = person(&admin, "Nová", "eva@example.sk", ContactKind::Client).await;
    person(&admin, "Kováčová", "jana@example.sk", ContactKind::Partner).await;
    let fair = list(&admin, "Veľtrh").await;
    let clients = matching(ContactFilter { kind: Some(ContactKind::Client), ..ContactFilter::default() });
    for expected in [(1, 0), (0, 1)] {
        let step = recipient_lists::add(&admin, fair, clients.clone(), None).await.unwrap();
        assert_eq!((step.done, step.left, step.next), (expected.0, expected.1, None));
    }
    let lists = recipient_lists::of_contact(&admin, eva).await.unwrap();
    assert_eq!((lists[0].name.as_str(), lists[0].how), ("Veľtrh", model::AddedHow::Search));
    assert_eq!(deeds(&admin, Some(Subject::RecipientList(fair))).await, [Deed::ListGrew(fair, 1), Deed::ListCreated(fair)]);
    let in_list = ContactFilter { list: Some(fair), ..ContactFilter::default() };
    assert_eq!(contacts::count(&admin, in_list).await.unwrap().n, 1);
}

#[tokio::test]
async fn a_takeover_goes_on_from_where_the_call_before_it_ended() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    for n in 0..3 {
        person(&admin, "Nová", &format!("eva{n}@example.sk"), ContactKind::Employee).await;
    }
    let staff = list(&admin, "Zamestnanci").await;
    let employees = Takeover { kinds: vec![ContactKind::Employee], ..Takeover::default() };
    let step = recipient_lists::take_over(&admin, staff, employees, Some(ContactId(1))).await.unwrap();
    assert_eq!((step.done, step.next), (2, None));
    let gone = recipient_lists::take_over(&admin, RecipientListId(99), Takeover::default(), None).await;
    assert_eq!(refused(gone), Refusal::NotFound(Noun::RecipientList));
}

#[tokio::test]
async fn a_segment_follows_the_clock_and_says_why_somebody_is_in() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = person(&admin, "Nová", "eva@example.sk", ContactKind::Client).await;
    let fresh = SegmentRule::Is(Condition::Created(DayTest::LastDays(10)));
    let rule = SegmentRule::All(vec![SegmentRule::Is(Condition::Nature(Nature::Person)), fresh]);
    assert_eq!(segments::count(&admin, rule.clone()).await.unwrap(), 1);
    assert_eq!(segments::preview(&admin, rule.clone()).await.unwrap()[0].id, eva);
    let draft = SegmentDraft { name: "Noví".into(), description: String::new(), rule: rule.clone() };
    let id = segments::save(&admin, None, draft).await.unwrap();
    let in_segment = ContactFilter { segment: Some(id), ..ContactFilter::default() };
    assert_eq!(contacts::count(&admin, in_segment.clone()).await.unwrap().n, 1);
    bed.advance(days(11));
    assert_eq!(contacts::count(&admin, in_segment).await.unwrap().n, 0);
    let explained = segments::explain(&admin, rule, eva).await.unwrap();
    assert_eq!(explained.inside.iter().map(|it| it.holds).collect::<Vec<_>>(), [true, false]);
}

#[tokio::test]
async fn a_rule_that_is_not_complete_names_its_place() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let rule = SegmentRule::All(vec![SegmentRule::Is(Condition::Tag(Vec::new()))]);
    assert_eq!(refused(segments::count(&admin, rule).await), Refusal::field("rule.0", Fault::Missing));
    let rule = SegmentRule::All(vec![SegmentRule::Is(Condition::List(vec![RecipientListId(77)]))]);
    let draft = SegmentDraft { name: "Bez zoznamu".into(), description: String::new(), rule };
    assert_eq!(refused(segments::save(&admin, None, draft).await), Refusal::field("rule", Fault::Gone));
}

#[tokio::test]
async fn who_may_only_see_contacts_changes_no_list_and_no_segment() {
    let bed = TestBed::new().await;
    let fair = list(&bed.admin(), "Veľtrh").await;
    let reader = bed.user_with(&[Permission::ContactsView]).await;
    let lacks = Refusal::NotPermitted(Permission::ListsManage);
    assert_eq!(refused(recipient_lists::delete(&reader, fair).await), lacks);
    assert_eq!(refused(recipient_lists::add(&reader, fair, Chosen::Ticked(Vec::new()), None).await), lacks);
    assert_eq!(refused(segments::save(&reader, None, SegmentDraft::default()).await), lacks);
    let order = ExportOrder { chosen: Chosen::Ticked(Vec::new()), format: ExportFormat::Csv, headings: Vec::new() };
    assert_eq!(refused(exports::contacts(&reader, order).await.map(|_| ())), Refusal::NotPermitted(Permission::Export));
}

#[tokio::test]
async fn what_is_offered_has_the_address_of_the_purpose() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let line = |text: &str, purpose| model::AddressLine { text: text.into(), purpose };
    let draft = ContactDraft {
        nature: Nature::Company,
        company_name: "Autoservis Praděd, a.s.".into(),
        emails: vec![line("info@praded.cz", Purpose::General), line("faktury@praded.cz", Purpose::Invoices)],
        ..ContactDraft::default()
    };
    let id = contacts::save(&admin, None, draft).await.unwrap();
    for (purpose, address) in [(Purpose::Invoices, "faktury@praded.cz"), (Purpose::Marketing, "info@praded.cz")] {
        let offers = picker::offer(&admin, "praded".into(), purpose).await.unwrap();
        let offered = offers.contacts[0].email.as_ref().map(EmailAddress::as_str);
        assert_eq!((offered, offers.contacts[0].addresses), (Some(address), 2));
    }
    let known = picker::look_up(&admin, vec![EmailAddress::parse("FAKTURY@praded.cz").unwrap()]).await.unwrap();
    assert_eq!((known[0].contact.as_ref().map(|it| it.0), known[0].addresses.len()), (Some(id), 2));
}

#[tokio::test]
async fn a_list_is_offered_and_taken_apart_up_to_what_one_message_may_have() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let fair = list(&admin, "Jarný veľtrh").await;
    for n in 0..100 {
        let email = if n == 7 { String::new() } else { format!("eva{n}@example.sk") };
        person(&admin, "Nová", &email, ContactKind::Client).await;
    }
    recipient_lists::add(&admin, fair, matching(ContactFilter::default()), None).await.unwrap();
    let offers = picker::offer(&admin, "jarny".into(), Purpose::General).await.unwrap();
    assert_eq!((offers.sets[0].audience, offers.sets[0].members), (Audience::List(fair), Some(100)));
    let apart = picker::expand(&admin, Audience::List(fair), Purpose::General).await.unwrap();
    assert_eq!((apart.recipients.len(), apart.without, apart.members), (99, 1, 100));
    let one_more = person(&admin, "Nová", "eva100@example.sk", ContactKind::Client).await;
    recipient_lists::add(&admin, fair, Chosen::Ticked(vec![one_more]), None).await.unwrap();
    let too_many = picker::expand(&admin, Audience::List(fair), Purpose::General).await.unwrap();
    assert_eq!((too_many.recipients.len(), too_many.members), (0, 101));
}

#[tokio::test]
async fn for_a_text_message_a_list_is_taken_apart_into_numbers() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let fair = list(&admin, "Jarný veľtrh").await;
    for (last, phone) in [("Nová", "0903 622 237"), ("Stará", "")] {
        let draft = ContactDraft { last_name: last.into(), phones: vec![phone.into()], ..ContactDraft::default() };
        contacts::save(&admin, None, draft).await.unwrap();
    }
    recipient_lists::add(&admin, fair, matching(ContactFilter::default()), None).await.unwrap();
    let offers = picker::offer_phones(&admin, "jarny".into()).await.unwrap();
    assert_eq!((offers.contacts.len(), offers.sets[0].audience), (0, Audience::List(fair)));
    let apart = picker::expand_phones(&admin, Audience::List(fair)).await.unwrap();
    let number = apart.recipients[0].number.as_str();
    assert_eq!((number, apart.recipients.len(), apart.without, apart.members), ("+421903622237", 1, 1, 2));
}

#[tokio::test]
async fn an_export_is_noted_before_it_leaves_and_formulas_in_it_do_nothing() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    person(&admin, "=cmd|' /C calc'!A0", "eva@example.sk", ContactKind::Client).await;
    person(&admin, "\u{ff1d}1+1", "jana@example.sk", ContactKind::Client).await;
    let all = || matching(ContactFilter::default());
    let csv = file(&admin, all(), ExportFormat::Csv).await;
    assert!(csv.contains("'=cmd|") && csv.contains("'\u{ff1d}1+1"), "{csv}");
    assert_eq!(file(&admin, all(), ExportFormat::Text).await.trim(), "eva@example.sk; jana@example.sk");
    let xml = file(&admin, all(), ExportFormat::Xml).await;
    assert!(xml.contains("<email>jana@example.sk</email>"), "{xml}");
    let noted = deeds(&admin, None).await;
    assert_eq!(noted.iter().filter(|it| matches!(it, Deed::ContactsExported(_, 2))).count(), 3);
}

#[tokio::test]
async fn a_deleted_list_is_swept_out_by_the_janitor() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = person(&admin, "Nová", "eva@example.sk", ContactKind::Client).await;
    let fair = list(&admin, "Veľtrh").await;
    recipient_lists::add(&admin, fair, Chosen::Ticked(vec![eva]), None).await.unwrap();
    recipient_lists::delete(&admin, fair).await.unwrap();
    engine::janitor::turn(&bed.engine).await.unwrap();
    assert!(recipient_lists::of_contact(&admin, eva).await.unwrap().is_empty());
    assert!(bulk::pick(&admin, Chosen::Ticked(vec![eva])).await.is_ok());
}
