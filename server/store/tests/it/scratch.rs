//! A scratch database with the people, the account and the messages that tests need.

use model::message::Role;
use model::{
    AccountId, ContactDraft, ContactId, EmailAddress, HomeCountry, Language, MessageDraft, MessageId, Moment, PostalAddress,
    Recipient, UserId, UserState,
};
use store::messages::Complete;
use store::users::NewUser;
use store::{MasterKey, Store, Tx, accounts, contacts, drafts, messages, users};
use tempfile::TempDir;

/// When everything happens.
pub const NOW: Moment = Moment(1_780_000_000_000);

/// An open database in a folder of its own.
pub struct Scratch {
    pub folder: TempDir,
    pub store: Store,
    pub key: MasterKey,
}

impl Scratch {
    /// An empty database.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::from_hex(&"7a".repeat(32)).unwrap();
        let store = Store::open(&folder.path().join("posel.db"), &key).await.unwrap();
        Self { folder, store, key }
    }

    /// Closes the database and opens it again.
    pub async fn reopen(&mut self) {
        self.store.close().await;
        self.store = Store::open(&self.folder.path().join("posel.db"), &self.key).await.unwrap();
    }

    /// A transaction.
    pub async fn tx(&self) -> Tx {
        self.store.write().await.unwrap()
    }
}

/// An address.
pub fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// A user who writes.
pub async fn writer(tx: &mut Tx, address: &str) -> UserId {
    let email = email(address);
    let user =
        NewUser { name: "Jana Nováková", email: &email, password: None, state: UserState::Active, language: Language::Sk };
    users::insert(tx, user, NOW).await.unwrap()
}

/// The account that keeps what would leave.
pub async fn capture(tx: &mut Tx) -> AccountId {
    accounts::create_capture(tx, "Firma", &email("obchod@firma.sk"), NOW).await.unwrap()
}

/// A contact with one address.
pub async fn contact(tx: &mut Tx, first: &str, last: &str, address: &str) -> ContactId {
    let draft = ContactDraft {
        first_name: first.into(),
        last_name: last.into(),
        emails: vec![address.into()],
        phones: vec!["0903 622 237".into()],
        billing: PostalAddress { city: "Žilina".into(), ..PostalAddress::default() },
        ..ContactDraft::default()
    };
    let addresses = draft.check(HomeCountry::Slovakia, &[]).unwrap();
    contacts::create(tx, &draft, &addresses, NOW).await.unwrap()
}

/// A complete message that waits for release.
pub async fn prepared(
    scratch: &Scratch,
    tx: &mut Tx,
    author: UserId,
    account: AccountId,
    to: &str,
    subject: &str,
    at: Moment,
) -> MessageId {
    let draft = MessageDraft { to: to.into(), subject: subject.into(), body: "Text".into(), ..MessageDraft::default() };
    let id = drafts::create(&scratch.store, tx, author, model::Origin::Manual, &draft, at).await.unwrap().id;
    let recipients = [Recipient { role: Role::To, name: String::new(), address: email(to).into(), contact: None }];
    let message = Complete {
        account,
        sender_name: "Firma",
        sender_address: "obchod@firma.sk",
        reply_to: "",
        header_id: "x@firma.sk",
        contact: None,
        subject,
        text: "Dobrý deň, posielame ponuku.",
        html: "<p>Dobrý deň, posielame ponuku.</p>",
        recipients: &recipients,
        attachments: 0,
    };
    messages::complete(&scratch.store, tx, id, &message).await.unwrap();
    id
}
