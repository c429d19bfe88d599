//! Duplicates: found for each reason, dismissed, merged without losing anything.

use model::{ContactDraft, ContactId, DuplicateGroup, DuplicatePlace, DuplicateReason, HomeCountry, Nature};
use store::{Tx, contacts, duplicates};

use crate::scratch::{NOW, Scratch, contact, email};

async fn company(tx: &mut Tx, name: &str, number: &str) -> ContactId {
    let draft = ContactDraft {
        nature: Nature::Company,
        company_name: name.into(),
        registration_number: number.into(),
        ..ContactDraft::default()
    };
    let addresses = draft.check(HomeCountry::Slovakia, &[]).unwrap();
    contacts::create(tx, &draft, &addresses, NOW).await.unwrap()
}

async fn groups(tx: &mut Tx, reason: DuplicateReason) -> Vec<DuplicateGroup> {
    let (mut place, mut found) = (Some(DuplicatePlace { reason, from: String::new() }), Vec::new());
    while let Some(from) = place {
        let page = duplicates::page(tx, &from).await.unwrap();
        found.extend(page.groups);
        place = page.next;
    }
    found
}

fn ids(groups: &[DuplicateGroup]) -> Vec<Vec<ContactId>> {
    groups.iter().map(|it| it.contacts.iter().map(|it| it.row.id).collect()).collect()
}

#[tokio::test]
async fn contacts_are_grouped_by_what_they_share() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let eva_again = contact(&mut tx, "E.", "Nová", "EVA@example.sk").await;
    let novak = company(&mut tx, "Papiernictvo Novák s.r.o.", "036 123 456").await;
    let novak_again = company(&mut tx, "PAPIERNICTVO NOVAK, spol. s r. o.", "").await;
    let renamed = company(&mut tx, "Novák a syn", "36123456").await;
    assert_eq!(ids(&groups(&mut tx, DuplicateReason::Email).await), [[eva, eva_again]]);
    assert_eq!(ids(&groups(&mut tx, DuplicateReason::Phone).await), [[eva, eva_again]]);
    assert_eq!(ids(&groups(&mut tx, DuplicateReason::Name).await), [[novak, novak_again]]);
    assert_eq!(ids(&groups(&mut tx, DuplicateReason::RegistrationNumber).await), [[novak, renamed]]);
}

#[tokio::test]
async fn pages_of_groups_follow_each_other_without_gap_or_repetition() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    for n in 0..45 {
        company(&mut tx, &format!("Firma {n}"), "").await;
        company(&mut tx, &format!("FIRMA {n}, a.s."), "").await;
    }
    let found = groups(&mut tx, DuplicateReason::Name).await;
    let mut keys: Vec<&str> = found.iter().map(|it| it.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!((found.len(), keys.len()), (45, 45));
    assert!(found.iter().all(|it| it.count == 2 && it.contacts.len() == 2));
}

#[tokio::test]
async fn a_dismissed_group_comes_back_only_with_a_further_contact() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    contact(&mut tx, "Eva", "Nová", "info@example.sk").await;
    contact(&mut tx, "Ján", "Kováč", "info@example.sk").await;
    let key = groups(&mut tx, DuplicateReason::Email).await[0].key.clone();
    assert_eq!(duplicates::dismiss(&mut tx, DuplicateReason::Email, &key).await.unwrap(), 2);
    assert!(groups(&mut tx, DuplicateReason::Email).await.is_empty());
    assert_eq!(groups(&mut tx, DuplicateReason::Phone).await.len(), 1);
    contact(&mut tx, "Iva", "Nová", "info@example.sk").await;
    assert_eq!(groups(&mut tx, DuplicateReason::Email).await[0].count, 3);
}

#[tokio::test]
async fn a_merged_contact_leads_to_the_one_that_stayed_over_several_merges() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let first = company(&mut tx, "Prvá", "").await;
    let second = company(&mut tx, "Druhá", "").await;
    let third = company(&mut tx, "Tretia", "").await;
    duplicates::merge(&mut tx, second, third, NOW).await.unwrap();
    duplicates::merge(&mut tx, first, second, NOW).await.unwrap();
    for gone in [second, third] {
        assert_eq!(duplicates::survivor(&mut tx, gone).await.unwrap(), Some(first));
        assert!(contacts::by_id(&mut tx, gone).await.is_err());
    }
    assert_eq!(duplicates::survivor(&mut tx, first).await.unwrap(), None);
}

#[tokio::test]
async fn who_has_an_address_already_is_told() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let asked = [email("Eva@example.sk"), email("nikto@example.sk")];
    let holders = duplicates::holders(&mut tx, &asked, &[], None).await.unwrap();
    assert_eq!(holders.iter().map(|it| (it.contact, it.name.as_str())).collect::<Vec<_>>(), [(eva, "Eva Nová")]);
    assert!(duplicates::holders(&mut tx, &asked, &[], Some(eva)).await.unwrap().is_empty());
}
