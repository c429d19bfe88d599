//! A database of any size, always the same for the same size.

use std::path::Path;

use anyhow::Result;
use model::message::Role;
use model::{
    AccountId, ContactDraft, ContactId, ContactKind, EmailAddress, HomeCountry, Language, MessageDraft, Moment, Nature,
    ObtainedWay, PostalAddress, Recipient, TagId, UserId, UserState,
};
use store::contacts::NewContact;
use store::messages::Complete;
use store::users::NewUser;
use store::{MasterKey, Store, Tx, accounts, contacts, drafts, messages, users};

/// The key of every benchmark's database.
pub const KEY: &str = "b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5";
const BEGIN: i64 = 1_700_000_000_000;
/// Rows in one transaction.
const BATCH: u32 = 5_000;
const FIRST: [&str; 10] = ["Eva", "Ján", "Zuzana", "Peter", "Lucia", "Tomáš", "Kateřina", "Jiří", "Žofia", "Ondřej"];
const LAST: [&str; 12] =
    ["Nová", "Kováč", "Čapková", "Horák", "Šimková", "Řehoř", "Chalupa", "Žák", "Balážová", "Svoboda", "Dvořák", "Hudec"];
const TOWNS: [&str; 6] = ["Bratislava", "Košice", "Žilina", "Praha", "Brno", "Ústí nad Labem"];

const COMMON: &str = "Newsletter";
const SELDOM: &str = "VIP";
const RARE: &str = "Rada";

/// Opens a new database in the folder.
pub async fn open(folder: &Path) -> Result<Store> {
    let key = MasterKey::from_hex(KEY).ok_or_else(|| anyhow::anyhow!("the key is not one"))?;
    Ok(Store::open(&folder.join("posel.db"), &key).await?)
}

/// Tags that some of the contacts bear.
#[derive(Clone, Copy)]
pub struct Tags {
    /// Of every third contact.
    pub common: TagId,
    /// Of one in fifty.
    pub seldom: TagId,
    /// Of five.
    pub rare: TagId,
}

/// Adds `n` contacts.
pub async fn contacts(store: &Store, n: u32) -> Result<Tags> {
    let mut tx = store.write().await?;
    let common = contacts::ensure_tag(&mut tx, COMMON).await?;
    let seldom = contacts::ensure_tag(&mut tx, SELDOM).await?;
    let rare = contacts::ensure_tag(&mut tx, RARE).await?;
    tx.commit().await?;
    for begin in (0..n).step_by(BATCH as usize) {
        let many = (begin..n.min(begin + BATCH)).map(contact).collect::<Result<Vec<_>>>()?;
        let mut tx = store.write().await?;
        let first = contacts::create_many(&mut tx, &many, Moment(BEGIN + i64::from(begin) * 1_000)).await?;
        let ids = many.iter().zip(first.0..).filter(|(it, _)| it.draft().no_bulk).map(|(_, id)| ContactId(id));
        contacts::no_bulk_many(&mut tx, &ids.collect::<Vec<_>>(), true, Moment(BEGIN + i64::from(begin) * 1_000)).await?;
        tx.commit().await?;
    }
    Ok(Tags { common, seldom, rare })
}

fn contact(i: u32) -> Result<NewContact> {
    let at = i as usize;
    let mut draft = ContactDraft {
        first_name: FIRST[at % FIRST.len()].into(),
        last_name: format!("{}{}", LAST[at % LAST.len()], at / 997),
        billing: PostalAddress { city: TOWNS[at % TOWNS.len()].into(), ..PostalAddress::default() },
        emails: vec![format!("osoba{i}@firma{}.sk", i % 5_000).into()],
        ..ContactDraft::default()
    };
    sort_out(&mut draft, i);
    let addresses = draft.check(HomeCountry::Slovakia, &[]).map_err(|it| anyhow::anyhow!("{it:?}"))?;
    Ok(NewContact::new(draft, &addresses, &|_| None))
}

/// What filters ask about: kinds, companies, ways, tags.
fn sort_out(draft: &mut ContactDraft, i: u32) {
    draft.company_name = format!("Firma {} s.r.o.", i % 40_000);
    draft.kind = if i.is_multiple_of(10) { ContactKind::Partner } else { ContactKind::Client };
    draft.nature = if i.is_multiple_of(4) { Nature::Company } else { Nature::Person };
    draft.no_bulk = i.is_multiple_of(500);
    draft.obtained.way = i.is_multiple_of(100).then_some(ObtainedWay::Event);
    draft.tags = [(i.is_multiple_of(3), COMMON), (i.is_multiple_of(50), SELDOM), (i.is_multiple_of(200_000), RARE)]
        .into_iter()
        .filter(|(bears, _)| *bears)
        .map(|(_, name)| name.to_owned())
        .collect();
    if i.is_multiple_of(200) {
        draft.emails.clear();
    }
}

/// Adds `n` prepared messages of one author, one a second.
pub async fn messages(store: &Store, n: u32) -> Result<UserId> {
    let mut tx = store.write().await?;
    let email = EmailAddress::parse("jana@firma.sk")?;
    let user = NewUser { name: "Jana", email: &email, password: None, state: UserState::Active, language: Language::Sk };
    let author = users::insert(&mut tx, user, Moment(BEGIN)).await?;
    let account = accounts::create_capture(&mut tx, "Firma", &email, Moment(BEGIN)).await?;
    tx.commit().await?;
    for begin in (0..n).step_by(BATCH as usize) {
        let mut tx = store.write().await?;
        for i in begin..n.min(begin + BATCH) {
            message(store, &mut tx, author, account, i).await?;
        }
        tx.commit().await?;
    }
    Ok(author)
}

async fn message(store: &Store, tx: &mut Tx, author: UserId, account: AccountId, i: u32) -> Result<()> {
    let to = EmailAddress::parse(&format!("osoba{i}@firma{}.sk", i % 5_000))?;
    let at = Moment(BEGIN + i64::from(i) * 1_000);
    let id = drafts::create(store, tx, author, model::Origin::Manual, &MessageDraft::default(), at).await?.id;
    let recipients = [Recipient { role: Role::To, name: String::new(), address: to.into(), contact: None }];
    let text = format!("Dobrý deň, posielame Vám ponuku číslo {i} na smrekové rezivo. S pozdravom Jana Nová");
    let message = Complete {
        account,
        sender_name: "Firma",
        sender_address: "obchod@firma.sk",
        reply_to: "",
        header_id: "x@firma.sk",
        contact: None,
        subject: &format!("Ponuka {i}"),
        text: &text,
        html: &format!("<p>{text}</p>"),
        recipients: &recipients,
        attachments: 0,
    };
    messages::complete(store, tx, id, &message).await?;
    Ok(())
}
