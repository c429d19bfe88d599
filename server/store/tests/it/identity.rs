//! Users, roles, sessions, one-time links and the company.

use model::time::{days, hours};
use model::{
    AccountDraft, Company, DeliveredRole, Density, EmailAddress, Fault, HomeCountry, Language, Moment, Noun, Permission,
    PermissionSet, Preferences, Profile, Refusal, RoleId, SessionId, Theme, UserId, UserState,
};
use store::links::Holder;
use store::sessions::{NewSession, Session};
use store::users::NewUser;
use store::{Error, MasterKey, Store, Tx, accounts, company, links, roles, sessions, users};
use tempfile::TempDir;

const NOW: Moment = Moment(1_780_000_000_000);

async fn scratch() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("posel.db"), &MasterKey::generate().unwrap()).await.unwrap();
    (folder, store)
}

async fn user(tx: &mut Tx, name: &str, email: &str) -> Result<UserId, Error> {
    let email = EmailAddress::parse(email).unwrap();
    users::insert(tx, NewUser { name, email: &email, password: None, state: UserState::Active, language: Language::Cs }, NOW)
        .await
}

async fn eva(tx: &mut Tx) -> UserId {
    user(tx, "Eva Nová", "eva@example.sk").await.unwrap()
}

async fn session(tx: &mut Tx, user: UserId, token_hash: &[u8], now: Moment) -> SessionId {
    sessions::insert(tx, NewSession { user, token_hash, device: "Firefox", network: "192.0.2.1" }, now).await.unwrap()
}

fn refused<T>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("was not refused"),
    }
}

fn rights(list: &[Permission]) -> PermissionSet {
    list.iter().copied().collect()
}

#[tokio::test]
async fn a_user_comes_back_as_made() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let id = eva(&mut tx).await;
    let found = users::get(&mut tx, id).await.unwrap();
    assert_eq!((found.name.as_str(), found.email.as_str(), found.state), ("Eva Nová", "eva@example.sk", UserState::Active));
    assert_eq!(found.preferences, Preferences { language: Language::Cs, ..Preferences::default() });
    assert_eq!(found.password, None);
}

#[tokio::test]
async fn a_user_is_found_by_any_spelling_of_the_address() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let id = eva(&mut tx).await;
    let shouted = EmailAddress::parse("EVA@Example.SK").unwrap();
    assert_eq!(users::by_email(&mut tx, &shouted).await.unwrap().map(|it| it.id), Some(id));
    let other = EmailAddress::parse("eva@example.cz").unwrap();
    assert!(users::by_email(&mut tx, &other).await.unwrap().is_none());
}

#[tokio::test]
async fn an_address_belongs_to_one_user() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    eva(&mut tx).await;
    let taken = Refusal::field("email", Fault::Taken);
    assert_eq!(refused(user(&mut tx, "Druhá Eva", "Eva@example.sk").await), taken);
    let ivan = user(&mut tx, "Ivan", "ivan@example.sk").await.unwrap();
    let address = EmailAddress::parse("EVA@example.sk").unwrap();
    assert_eq!(refused(users::update(&mut tx, ivan, "Ivan", &address).await), taken);
}

#[tokio::test]
async fn the_system_user_is_made_once_and_takes_the_first_id() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    assert!(users::insert_system(&mut tx, NOW).await.unwrap());
    assert!(!users::insert_system(&mut tx, NOW).await.unwrap());
    assert_eq!(users::get(&mut tx, UserId::SYSTEM).await.unwrap().state, UserState::System);
    assert_eq!(eva(&mut tx).await, UserId(2));
}

#[tokio::test]
async fn users_are_listed_by_the_alphabet_with_their_roles() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let ids = [
        user(&mut tx, "Hudec", "h@example.sk").await.unwrap(),
        user(&mut tx, "Čapek", "c@example.sk").await.unwrap(),
        user(&mut tx, "Chalupa", "ch@example.sk").await.unwrap(),
        user(&mut tx, "Cyril", "cy@example.sk").await.unwrap(),
    ];
    let role = roles::insert(&mut tx, "Sklad", &rights(&[Permission::Export]), None).await.unwrap();
    roles::give(&mut tx, ids[0], &[role]).await.unwrap();
    users::touch(&mut tx, ids[0], NOW.plus(5)).await.unwrap();
    let list = users::list(&mut tx).await.unwrap();
    let names: Vec<_> = list.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Cyril", "Čapek", "Hudec", "Chalupa"]);
    assert_eq!((list[2].roles.as_slice(), list[2].seen_at), ([role].as_slice(), Some(NOW.plus(5))));
    assert_eq!((list[0].roles.as_slice(), list[0].seen_at), ([].as_slice(), None));
}

#[tokio::test]
async fn what_users_change_about_themselves_is_kept() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let id = eva(&mut tx).await;
    let preferences = Preferences { language: Language::En, theme: Theme::Dark, density: Density::Compact };
    let profile = Profile { name: "Eva Stará".into(), signature: "S pozdravem\nEva".into(), preferences };
    users::update_profile(&mut tx, id, &profile).await.unwrap();
    users::set_password(&mut tx, id, "$argon2id$x").await.unwrap();
    let found = users::get(&mut tx, id).await.unwrap();
    assert_eq!((found.name, &found.signature, found.preferences), (profile.name, &profile.signature, preferences));
    assert_eq!(users::signature(&mut tx, id).await.unwrap(), profile.signature);
    assert_eq!(found.password.as_deref(), Some("$argon2id$x"));
}

#[tokio::test]
async fn a_state_moves_only_from_where_it_was_seen() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let id = eva(&mut tx).await;
    let late = users::set_state(&mut tx, id, UserState::Invited, UserState::Disabled).await;
    assert_eq!(refused(late), Refusal::Stale(Noun::User));
    users::set_state(&mut tx, id, UserState::Active, UserState::Disabled).await.unwrap();
    assert_eq!(users::get(&mut tx, id).await.unwrap().state, UserState::Disabled);
}

#[tokio::test]
async fn who_is_not_there_cannot_change() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let (nobody, address) = (UserId(77), EmailAddress::parse("eva@example.sk").unwrap());
    let gone = Refusal::NotFound(Noun::User);
    assert_eq!(refused(users::get(&mut tx, nobody).await), gone);
    assert_eq!(refused(users::update(&mut tx, nobody, "Eva", &address).await), gone);
    assert_eq!(refused(users::update_profile(&mut tx, nobody, &Profile::default()).await), gone);
    assert_eq!(refused(users::set_password(&mut tx, nobody, "x").await), gone);
}

#[tokio::test]
async fn a_user_may_do_what_their_roles_allow_together() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let id = eva(&mut tx).await;
    let reads = rights(&[Permission::ContactsView, Permission::MessagesViewAll]);
    let writes = rights(&[Permission::ContactsView, Permission::MessageWrite]);
    let reader = roles::insert(&mut tx, "Čte", &reads, None).await.unwrap();
    let writer = roles::insert(&mut tx, "Píše", &writes, None).await.unwrap();
    roles::give(&mut tx, id, &[reader, writer, reader]).await.unwrap();
    assert_eq!(roles::permissions_of(&mut tx, id).await.unwrap(), reads.union(&writes).copied().collect());
    roles::give(&mut tx, id, &[writer]).await.unwrap();
    assert_eq!(roles::permissions_of(&mut tx, id).await.unwrap(), writes);
}

#[tokio::test]
async fn a_role_that_is_gone_cannot_be_given() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let id = eva(&mut tx).await;
    assert_eq!(refused(roles::give(&mut tx, id, &[RoleId(77)]).await), Refusal::field("roles", Fault::Gone));
}

#[tokio::test]
async fn a_role_comes_back_as_made_and_changed() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let all = Permission::ALL.iter().copied().collect();
    let id = roles::insert(&mut tx, "", &all, Some(DeliveredRole::Administrator)).await.unwrap();
    assert_eq!(roles::delivered(&mut tx, DeliveredRole::Administrator).await.unwrap(), Some(id));
    assert_eq!(roles::delivered(&mut tx, DeliveredRole::Reader).await.unwrap(), None);
    let role = roles::get(&mut tx, id).await.unwrap();
    assert_eq!((role.permissions, role.delivered, role.holders), (all, Some(DeliveredRole::Administrator), 0));
    let fewer = rights(&[Permission::Export]);
    roles::update(&mut tx, id, "Vývoz", &fewer).await.unwrap();
    let [role] = roles::list(&mut tx).await.unwrap().try_into().unwrap();
    assert_eq!((role.name.as_str(), role.permissions), ("Vývoz", fewer));
}

#[tokio::test]
async fn a_role_that_somebody_holds_cannot_be_deleted() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let id = eva(&mut tx).await;
    let role = roles::insert(&mut tx, "Sklad", &rights(&[Permission::Export]), None).await.unwrap();
    roles::give(&mut tx, id, &[role]).await.unwrap();
    assert_eq!(refused(roles::delete(&mut tx, role).await), Refusal::InUse(Noun::Role));
    assert_eq!(roles::get(&mut tx, role).await.unwrap().holders, 1);
    roles::give(&mut tx, id, &[]).await.unwrap();
    roles::delete(&mut tx, role).await.unwrap();
    assert_eq!(refused(roles::get(&mut tx, role).await), Refusal::NotFound(Noun::Role));
}

#[tokio::test]
async fn only_users_who_may_sign_in_count_as_holders() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let (eva, ivan) = (eva(&mut tx).await, user(&mut tx, "Ivan", "ivan@example.sk").await.unwrap());
    let role = roles::insert(&mut tx, "Správa", &rights(&[Permission::UsersManage]), None).await.unwrap();
    roles::give(&mut tx, eva, &[role]).await.unwrap();
    roles::give(&mut tx, ivan, &[role]).await.unwrap();
    assert_eq!(roles::count_active_holders(&mut tx, role).await.unwrap(), 2);
    users::set_state(&mut tx, ivan, UserState::Active, UserState::Disabled).await.unwrap();
    assert_eq!(roles::count_active_holders(&mut tx, role).await.unwrap(), 1);
}

#[tokio::test]
async fn a_session_is_found_by_its_hash_alone() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let user = eva(&mut tx).await;
    let id = session(&mut tx, user, b"one", NOW).await;
    let later = NOW.plus(60_000);
    sessions::touch(&mut tx, id, "192.0.2.9", later).await.unwrap();
    let expected = Session { id, user, created_at: NOW, seen_at: later };
    assert_eq!(sessions::by_hash(&mut tx, b"one", NOW).await.unwrap(), Some(expected));
    assert_eq!(sessions::by_hash(&mut tx, b"on", NOW).await.unwrap(), None);
    let [row] = sessions::list(&mut tx, user, Some(id), NOW).await.unwrap().try_into().unwrap();
    assert_eq!((row.device.as_str(), row.from.as_str(), row.current), ("Firefox", "192.0.2.9", true));
}

#[tokio::test]
async fn the_newest_session_is_listed_first() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let user = eva(&mut tx).await;
    let first = session(&mut tx, user, b"one", NOW).await;
    let second = session(&mut tx, user, b"two", NOW.plus(10)).await;
    let list = sessions::list(&mut tx, user, None, NOW.plus(20)).await.unwrap();
    assert_eq!(list.iter().map(|it| it.id).collect::<Vec<_>>(), [second, first]);
}

#[tokio::test]
async fn a_session_ends_after_half_a_day_unused() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let user = eva(&mut tx).await;
    let id = session(&mut tx, user, b"one", NOW).await;
    let end = NOW.plus(hours(12));
    assert!(sessions::by_hash(&mut tx, b"one", end.plus(-1)).await.unwrap().is_some());
    assert!(sessions::by_hash(&mut tx, b"one", end).await.unwrap().is_none());
    assert!(sessions::list(&mut tx, user, None, end).await.unwrap().is_empty());
    sessions::touch(&mut tx, id, "192.0.2.1", end.plus(-1)).await.unwrap();
    assert!(sessions::by_hash(&mut tx, b"one", end).await.unwrap().is_some());
}

#[tokio::test]
async fn a_session_ends_after_a_week_of_use() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let user = eva(&mut tx).await;
    let id = session(&mut tx, user, b"one", NOW).await;
    let end = NOW.plus(days(7));
    sessions::touch(&mut tx, id, "192.0.2.1", end.plus(-1)).await.unwrap();
    assert!(sessions::by_hash(&mut tx, b"one", end.plus(-1)).await.unwrap().is_some());
    assert!(sessions::by_hash(&mut tx, b"one", end).await.unwrap().is_none());
    assert!(sessions::list(&mut tx, user, None, end).await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_ends_the_session_of_another() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let (eva, ivan) = (eva(&mut tx).await, user(&mut tx, "Ivan", "ivan@example.sk").await.unwrap());
    let id = session(&mut tx, eva, b"one", NOW).await;
    assert_eq!(refused(sessions::delete(&mut tx, ivan, id).await), Refusal::NotFound(Noun::Session));
    sessions::delete(&mut tx, eva, id).await.unwrap();
    assert_eq!(sessions::by_hash(&mut tx, b"one", NOW).await.unwrap(), None);
}

#[tokio::test]
async fn all_sessions_of_a_user_but_one_end_at_once() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let (eva, ivan) = (eva(&mut tx).await, user(&mut tx, "Ivan", "ivan@example.sk").await.unwrap());
    let kept = session(&mut tx, eva, b"one", NOW).await;
    let ended = session(&mut tx, eva, b"two", NOW).await;
    session(&mut tx, ivan, b"three", NOW).await;
    assert_eq!(sessions::delete_all(&mut tx, eva, Some(kept)).await.unwrap(), [ended]);
    assert_eq!(sessions::delete_all(&mut tx, eva, None).await.unwrap(), [kept]);
    assert!(sessions::by_hash(&mut tx, b"three", NOW).await.unwrap().is_some());
}

#[tokio::test]
async fn ended_sessions_are_swept_out() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let user = eva(&mut tx).await;
    session(&mut tx, user, b"old", NOW).await;
    session(&mut tx, user, b"new", NOW.plus(10)).await;
    assert_eq!(sessions::sweep(&mut tx, NOW.plus(hours(12))).await.unwrap(), 1);
    assert!(sessions::by_hash(&mut tx, b"new", NOW.plus(hours(12))).await.unwrap().is_some());
    assert_eq!(sessions::sweep(&mut tx, NOW.plus(hours(12))).await.unwrap(), 0);
}

#[tokio::test]
async fn a_link_works_once() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let user = eva(&mut tx).await;
    links::replace(&mut tx, Holder::User(user), b"one", NOW.plus(10)).await.unwrap();
    assert_eq!(links::by_hash(&mut tx, b"one", NOW).await.unwrap(), Some(Holder::User(user)));
    assert_eq!(links::take(&mut tx, b"one", NOW).await.unwrap(), Some(Holder::User(user)));
    assert_eq!(links::take(&mut tx, b"one", NOW).await.unwrap(), None);
}

#[tokio::test]
async fn a_link_ends_at_its_time() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    links::replace(&mut tx, Holder::FirstRun, b"one", NOW.plus(10)).await.unwrap();
    assert_eq!(links::by_hash(&mut tx, b"one", NOW.plus(10)).await.unwrap(), None);
    assert_eq!(links::take(&mut tx, b"one", NOW.plus(10)).await.unwrap(), None);
    assert_eq!(links::take(&mut tx, b"one", NOW.plus(9)).await.unwrap(), Some(Holder::FirstRun));
}

#[tokio::test]
async fn a_new_link_ends_the_earlier_one_of_the_same_holder_only() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let user = eva(&mut tx).await;
    let until = NOW.plus(10);
    links::replace(&mut tx, Holder::FirstRun, b"first", until).await.unwrap();
    links::replace(&mut tx, Holder::User(user), b"one", until).await.unwrap();
    links::replace(&mut tx, Holder::User(user), b"two", until).await.unwrap();
    assert_eq!(links::by_hash(&mut tx, b"one", NOW).await.unwrap(), None);
    assert_eq!(links::by_hash(&mut tx, b"two", NOW).await.unwrap(), Some(Holder::User(user)));
    assert_eq!(links::by_hash(&mut tx, b"first", NOW).await.unwrap(), Some(Holder::FirstRun));
    links::delete_of(&mut tx, Holder::User(user)).await.unwrap();
    assert_eq!(links::by_hash(&mut tx, b"two", NOW).await.unwrap(), None);
}

#[tokio::test]
async fn the_company_is_one_and_keeps_its_last_data() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    assert_eq!(company::get(&mut tx).await.unwrap(), None);
    let mut data = Company {
        name: "Žlutý kůň s. r. o.".into(),
        registration_number: "12345678".into(),
        country: HomeCountry::Czechia,
        email: "info@kun.cz".into(),
        language: Language::Cs,
        attachments_max: 5_000_000,
        ..Company::default()
    };
    company::save(&mut tx, &data).await.unwrap();
    assert_eq!(company::get(&mut tx).await.unwrap(), Some(data.clone()));
    data.name = "Bílý kůň s. r. o.".into();
    data.phone = "+420 603 123 456".into();
    company::save(&mut tx, &data).await.unwrap();
    assert_eq!(company::get(&mut tx).await.unwrap(), Some(data));
}

#[tokio::test]
async fn only_a_relay_counts_as_a_real_account() {
    let (_folder, store) = scratch().await;
    let mut tx = store.write().await.unwrap();
    let sender = EmailAddress::parse("info@example.sk").unwrap();
    accounts::create_capture(&mut tx, "Firma", &sender, NOW).await.unwrap();
    assert!(!company::has_real_account(&mut tx).await.unwrap());
    let draft = AccountDraft { name: "Relay".into(), sender_address: "info@example.sk".into(), ..AccountDraft::default() };
    let id = accounts::create(&store, &mut tx, &draft, NOW).await.unwrap();
    assert!(company::has_real_account(&mut tx).await.unwrap());
    accounts::delete(&mut tx, id, NOW).await.unwrap();
    assert!(!company::has_real_account(&mut tx).await.unwrap());
}
