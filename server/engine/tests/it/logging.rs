//! The action log: what settings were from and to, its words, and the mail about its end.

use engine::Pieces;
use engine::testbed::TestBed;
use engine::{
    Ctx, accounts, audit, campaigns, capture, copies, messages, senders, settings, sms, stand_ins, users, views, worker,
};
use model::time::{days, hours};
use model::{
    AccountDraft, AccountId, ApprovalRule, AuditEntry, AuditQuery, ContactViewDraft, CopyDraft, CopySettings, Deed, DeedFamily,
    Fault, Identity, MessageDraft, NoticeTo, Permission, Refusal, RoleDraft, Security, SmsAccountDraft, SmsGateway, SmtpSettings,
    StandIn, StandIns, SuppressionReason, SuppressionsDraft, ViewedList,
};

use crate::refused;

async fn log(bed: &TestBed, words: &str) -> Vec<AuditEntry> {
    while 0 < audit::index_turn(&bed.engine).await.unwrap() {}
    let query = AuditQuery { words: words.into(), ..AuditQuery::default() };
    audit::list(&bed.admin(), query).await.unwrap().rows
}

/// What an entry changed: field, before, after.
fn told(entry: &AuditEntry) -> Vec<(&str, &str, &str)> {
    entry.changes.iter().map(|it| (it.field.as_str(), it.before.as_str(), it.after.as_str())).collect()
}

async fn relay(ctx: &Ctx, name: &str) -> AccountId {
    let draft = AccountDraft {
        name: name.into(),
        smtp: SmtpSettings { host: "127.0.0.1".into(), port: 9, security: Security::None, user_name: String::new() },
        sender_address: "obchod@example.sk".into(),
        ..AccountDraft::default()
    };
    accounts::save(ctx, None, draft).await.unwrap()
}

async fn newest(bed: &TestBed) -> AuditEntry {
    audit::list(&bed.admin(), AuditQuery::default()).await.unwrap().rows.remove(0)
}

#[tokio::test]
async fn a_changed_sms_account_tells_what_it_was_and_never_a_secret() {
    let bed = TestBed::new().await;
    let gateway = SmsGateway::EuroSms { base: "https://x.sk".into(), id: "1-A".into(), is_test: false };
    let mut draft = SmsAccountDraft { name: "SMS".into(), ..SmsAccountDraft::new(gateway) };
    draft.settings.sender = "Posel".into();
    draft.secrets = vec![("key".into(), "tajne".into())];
    let id = sms::save(&bed.admin(), None, draft.clone()).await.unwrap();
    draft.name = "Brána".into();
    draft.settings.parts_max = 2;
    draft.secrets = vec![("key".into(), "este-tajnejsie".into())];
    sms::save(&bed.admin(), Some(id), draft).await.unwrap();
    let entry = newest(&bed).await;
    assert_eq!(entry.deed, Deed::AccountChanged(id));
    let told = told(&entry);
    for expected in [("name", "SMS", "Brána"), ("transport.Sms.parts_max", "4", "2"), ("new_secrets", "", "key")] {
        assert!(told.contains(&expected), "{told:?}");
    }
    assert!(told.iter().all(|it| !it.1.contains("tajn") && !it.2.contains("tajn")));
}

#[tokio::test]
async fn the_rule_of_approval_tells_what_it_was() {
    let bed = TestBed::new().await;
    campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Above(50)).await.unwrap();
    campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Always).await.unwrap();
    let entry = newest(&bed).await;
    let told = told(&entry);
    assert!(told.len() == 2 && told.contains(&("above", "50", "")) && told.contains(&("always", "", "true")), "{told:?}");
}

#[tokio::test]
async fn a_mailbox_for_copies_tells_what_it_was_and_never_its_password() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let account = relay(&admin, "Obchod").await;
    let settings = CopySettings { host: "imap.firma.sk".into(), user_name: "archiv".into(), ..CopySettings::default() };
    let draft = |settings, password: Option<&str>| CopyDraft { settings, password: password.map(str::to_owned) };
    copies::save(&admin, account, draft(settings.clone(), Some("tajne"))).await.unwrap();
    let made = newest(&bed).await;
    assert!(told(&made).contains(&("host", "", "imap.firma.sk")) && told(&made).contains(&("has_password", "", "true")));
    let moved = CopySettings { folder: "Odeslané".into(), ..settings };
    copies::save(&admin, account, draft(moved, Some("este-tajnejsie"))).await.unwrap();
    assert_eq!(told(&newest(&bed).await), [("folder", "Sent", "Odeslané")]);
    copies::remove(&admin, account).await.unwrap();
    let gone = newest(&bed).await;
    assert!(told(&gone).contains(&("host", "imap.firma.sk", "")), "{:?}", gone.changes);
    assert!([made, gone].iter().all(|it| !serde_json::to_string(it).unwrap().contains("tajne")));
}

#[tokio::test]
async fn stand_ins_are_told_by_their_names() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (first, second) = (relay(&admin, "Hlavný").await, relay(&admin, "Záloha").await);
    let others = vec![StandIn { account: second, rank: 2, weight: 3 }];
    stand_ins::save(&admin, first, StandIns { own_weight: 1, overflows: false, others }).await.unwrap();
    let entry = newest(&bed).await;
    assert!(told(&entry).contains(&("others", "", "2. Záloha × 3")), "{:?}", entry.changes);
    assert!(told(&entry).contains(&("overflows", "true", "")));
}

#[tokio::test]
async fn a_saved_view_and_ones_own_sender_tell_what_they_were() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let draft = ContactViewDraft { name: "VIP".into(), ..ContactViewDraft::default() };
    let id = views::save(&admin, None, draft.clone()).await.unwrap();
    let shared = ContactViewDraft { shared: true, name: "Stáli".into(), ..draft };
    views::save(&admin, Some(id), shared).await.unwrap();
    assert_eq!(told(&newest(&bed).await), [("name", "VIP", "Stáli"), ("shared", "", "true")]);
    views::delete(&admin, ViewedList::Contacts, id).await.unwrap();
    assert_eq!(told(&newest(&bed).await), [("name", "Stáli", "")]);
    senders::set_own(&admin, Identity::Account).await.unwrap();
    assert_eq!(told(&newest(&bed).await), []);
}

#[tokio::test]
async fn suppressions_tell_whom_they_are_about() {
    let bed = TestBed::new().await;
    let draft = SuppressionsDraft { targets: "eva@x.sk".into(), reason: SuppressionReason::Requested, note: String::new() };
    engine::suppressions::add(&bed.admin(), draft).await.unwrap();
    assert!(told(&newest(&bed).await).contains(&("targets", "", "eva@x.sk")));
    let row = engine::suppressions::list(&bed.admin(), model::SuppressionQuery::default()).await.unwrap().rows.remove(0);
    engine::suppressions::lift(&bed.admin(), row.id, "chce znova".into()).await.unwrap();
    let entry = newest(&bed).await;
    let told = told(&entry);
    assert!(told.contains(&("targets", "eva@x.sk", "")) && told.contains(&("lifted", "", "chce znova")), "{told:?}");
}

#[tokio::test]
async fn entries_are_found_by_what_was_done_by_whom_and_on_what() {
    let bed = TestBed::new().await;
    bed.engine.know_deeds(vec![("log.deed_role_created".into(), "Založenie roly".into())]);
    let role = RoleDraft { name: "Účtovníčka".into(), permissions: [Permission::LogView].into_iter().collect() };
    let id = users::save_role(&bed.admin(), None, role).await.unwrap();
    assert!(log(&bed, "zalozenie").await.iter().any(|it| it.deed == Deed::RoleCreated(id)));
    for words in ["roly uctov", "ÚČTOVNÍČKA", "zaloz uct"] {
        let rows = log(&bed, words).await;
        assert_eq!(rows.iter().map(|it| it.deed.clone()).collect::<Vec<_>>(), [Deed::RoleCreated(id)], "{words}");
    }
    assert!(log(&bed, "zalozenie nikto").await.is_empty());
    let admin = users::list(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == bed.admin().actor.id).unwrap();
    assert!(!log(&bed, admin.name.split(' ').next().unwrap()).await.is_empty());
}

#[tokio::test]
async fn a_renamed_thing_is_found_by_its_new_name_from_the_beginning() {
    let bed = TestBed::new().await;
    let gateway = || SmsAccountDraft { name: "Prvá".into(), ..SmsAccountDraft::new(SmsGateway::Capture) };
    let id = sms::save(&bed.admin(), None, gateway()).await.unwrap();
    assert!(log(&bed, "druha").await.is_empty());
    sms::save(&bed.admin(), Some(id), SmsAccountDraft { name: "Druhá".into(), ..gateway() }).await.unwrap();
    let found = log(&bed, "druha").await;
    assert!(
        found.iter().any(|it| it.deed == Deed::AccountCreated(id)) && found.iter().any(|it| it.deed == Deed::AccountChanged(id))
    );
}

#[tokio::test]
async fn an_index_that_is_gone_is_filled_again() {
    let mut bed = TestBed::new().await;
    let gateway = SmsAccountDraft { name: "Prvá".into(), ..SmsAccountDraft::new(SmsGateway::Capture) };
    sms::save(&bed.admin(), None, gateway).await.unwrap();
    let before = log(&bed, "prva").await.len();
    assert!(0 < before);
    std::fs::remove_file(bed.folder().join("index/log/meta.json")).unwrap();
    bed.crash().await;
    assert_eq!(log(&bed, "prva").await.len(), before);
}

#[tokio::test]
async fn the_end_of_each_day_is_mailed_once_also_after_a_crash() {
    let mut bed = TestBed::new().await;
    let to = NoticeTo { users: Vec::new(), addresses: "revizor@example.sk".into() };
    audit::mail_turn(&bed.engine).await.unwrap();
    audit::set_mail(&bed.admin(), to.clone()).await.unwrap();
    assert_eq!(audit::mail(&bed.admin()).await.unwrap(), to);
    bed.advance(days(1));
    let mails = async |bed: &TestBed| {
        audit::mail_turn(&bed.engine).await.unwrap();
        worker::turn(&bed.engine).await.unwrap();
        capture::list(&bed.admin(), None).await.unwrap().rows
    };
    let first = mails(&bed).await;
    assert_eq!((first.len(), first[0].recipient.as_str()), (1, "revizor@example.sk"));
    let text = capture::open(&bed.admin(), first[0].id).await.unwrap().text;
    let anchor = audit::proof(&bed.admin()).await.unwrap().anchors.remove(1);
    assert!(text.contains(&format!("{}:{}", anchor.entry, anchor.hash)), "{text}");
    bed.advance(hours(1));
    assert_eq!(mails(&bed).await.len(), 1);
    bed.crash().await;
    assert_eq!(mails(&bed).await.len(), 1);
    // Three days in which nothing ran come in one mail.
    bed.advance(days(3));
    assert_eq!(mails(&bed).await.len(), 2);
    audit::set_mail(&bed.admin(), NoticeTo::default()).await.unwrap();
    bed.advance(days(1));
    assert_eq!(mails(&bed).await.len(), 2);
}

#[tokio::test]
async fn a_day_that_nobody_could_be_told_about_is_told_once_somebody_can_be() {
    let bed = TestBed::new().await;
    let auditor = bed.user_with(&[Permission::LogView]).await.actor.id;
    audit::set_mail(&bed.admin(), NoticeTo { users: vec![auditor], addresses: String::new() }).await.unwrap();
    users::disable(&bed.admin(), auditor).await.unwrap();
    bed.advance(days(1));
    let mails = async || {
        audit::mail_turn(&bed.engine).await.unwrap();
        worker::turn(&bed.engine).await.unwrap();
        capture::list(&bed.admin(), None).await.unwrap().rows.len()
    };
    assert_eq!(mails().await, 0);
    users::enable(&bed.admin(), auditor).await.unwrap();
    assert_eq!((mails().await, mails().await), (1, 1));
}

#[tokio::test]
async fn a_file_of_the_log_by_words_holds_what_the_full_text_had_not_taken_in_yet() {
    let bed = TestBed::new().await;
    let gateway = SmsAccountDraft { name: "Prvá".into(), ..SmsAccountDraft::new(SmsGateway::Capture) };
    sms::save(&bed.admin(), None, gateway).await.unwrap();
    assert!(0 < settings::search_progress(&bed.admin()).await.unwrap().log);
    let telling = audit::Telling { when: "Kedy".into(), what: "Čo".into(), words: Box::new(|_| String::new()) };
    let query = AuditQuery { words: "prva".into(), ..AuditQuery::default() };
    let mut export = audit::export(&bed.admin(), query, telling).await.unwrap();
    let mut file = Vec::new();
    while let Some(piece) = export.next().await.unwrap() {
        file.extend(piece);
    }
    let file = String::from_utf8(file).unwrap();
    let rows = file.lines().filter(|it| it.contains("Prvá")).count() as u32;
    assert!(0 < rows, "{file}");
    assert_eq!(newest(&bed).await.deed, Deed::LogExported(rows), "{file}");
}

#[tokio::test]
async fn whom_the_mail_goes_to_is_checked_and_noted() {
    let bed = TestBed::new().await;
    let to = |addresses: &str| NoticeTo { users: Vec::new(), addresses: addresses.into() };
    let refusal = refused(audit::set_mail(&bed.admin(), to("revizor")).await);
    let Refusal::Invalid(faults) = refusal else { panic!("{refusal:?}") };
    assert!(faults[0].field == "notify.addresses" && matches!(faults[0].fault, Fault::Address { .. }));
    audit::set_mail(&bed.admin(), to("revizor@example.sk")).await.unwrap();
    let entry = newest(&bed).await;
    assert_eq!((entry.deed.clone(), told(&entry)), (Deed::LogMailChanged, vec![("addresses", "", "revizor@example.sk")]));
    let other = bed.user_with(&[Permission::LogView]).await;
    assert_eq!(refused(audit::set_mail(&other, NoticeTo::default()).await), Refusal::NotPermitted(Permission::SettingsManage));
}

#[tokio::test]
async fn the_log_is_read_by_kind_and_without_the_background() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let account = relay(&admin, "Obchod").await;
    let draft =
        MessageDraft { to: "eva@example.sk".into(), subject: "Ponuka".into(), body: "x".into(), ..MessageDraft::default() };
    accounts::delete(&admin, account).await.unwrap();
    let sent = messages::send(&admin, None, draft).await.unwrap().id;
    bed.advance(model::message::UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    while 0 < audit::index_turn(&bed.engine).await.unwrap() {}
    let of = async |query: AuditQuery| {
        let rows = audit::list(&admin, query).await.unwrap().rows;
        rows.into_iter().map(|it| it.deed).collect::<Vec<_>>()
    };
    let messages = AuditQuery { family: Some(DeedFamily::Messages), ..AuditQuery::default() };
    assert_eq!(of(messages.clone()).await, [Deed::MessageReleased(sent, 1)]);
    let deliveries = of(AuditQuery { family: Some(DeedFamily::Deliveries), ..AuditQuery::default() }).await;
    assert!(matches!(deliveries[..], [Deed::DeliveryAccepted(id, _)] if id == sent), "{deliveries:?}");
    let people = of(AuditQuery { people: true, ..AuditQuery::default() }).await;
    assert!(people.contains(&Deed::MessageReleased(sent, 1)) && people.contains(&Deed::AccountDeleted(account)));
    assert!(people.iter().all(|it| it.family() != DeedFamily::Deliveries), "{people:?}");
    // By words as well, which the full text finds without knowing of kinds.
    let by_words = AuditQuery { words: "spravca".into(), ..AuditQuery::default() };
    let all = of(by_words.clone()).await;
    assert!(2 < all.len() && of(AuditQuery { people: true, ..by_words.clone() }).await == all, "{all:?}");
    let messages = AuditQuery { family: Some(DeedFamily::Messages), ..by_words.clone() };
    assert_eq!(of(messages).await, [Deed::MessageReleased(sent, 1)]);
    assert_eq!(of(AuditQuery { family: Some(DeedFamily::Lists), ..by_words }).await, []);
}
