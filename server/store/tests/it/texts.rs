//! Text messages behind the gateway: parts, receipts, the default account of each channel.

use model::{
    AccountId, Channel, CreditLevel, Decimal, DeliveryId, DeliveryState, Lane, MessageId, SmsAccountDraft, SmsGateway, SmsState,
};
use store::deliveries::{self, NewDelivery};
use store::sms::{self, SmsReceipt};
use store::sms_accounts::{self, CallbackSecret};
use store::{Tx, accounts, messages};

use crate::scratch::{NOW, Scratch, capture, prepared, writer};

async fn gateway(scratch: &Scratch, tx: &mut Tx, name: &str) -> AccountId {
    let draft = SmsAccountDraft { name: name.into(), ..SmsAccountDraft::new(SmsGateway::Capture) };
    let callback = CallbackSecret { text: name, hash: name.as_bytes() };
    sms_accounts::create(&scratch.store, tx, &draft, &callback, NOW).await.unwrap()
}

async fn delivery(scratch: &Scratch, tx: &mut Tx, account: AccountId) -> (MessageId, DeliveryId) {
    let author = writer(tx, "jana@firma.sk").await;
    let message = prepared(scratch, tx, author, account, "eva@example.sk", "x", NOW).await;
    let address = model::Address::parse("+421903622237").unwrap();
    let new = NewDelivery { message, account, address: &address, lane: Lane::Single, due_at: NOW, expires_at: NOW.plus(1) };
    (message, deliveries::queue(tx, &new).await.unwrap())
}

fn receipt(name: &str, state: SmsState) -> SmsReceipt {
    SmsReceipt {
        delivery: None,
        name: name.into(),
        number: None,
        state,
        word: format!("{state:?}"),
        at: Some(NOW),
        price: None,
        carrier: String::new(),
        error: String::new(),
    }
}

#[tokio::test]
async fn each_channel_has_a_default_account_of_its_own() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let mail = capture(&mut tx).await;
    let (first, second) = (gateway(&scratch, &mut tx, "a").await, gateway(&scratch, &mut tx, "b").await);
    assert!(accounts::default_id(&mut tx, Channel::Sms).await.is_err());
    for id in [first, second] {
        accounts::make_default(&mut tx, id).await.unwrap();
        assert_eq!(accounts::default_id(&mut tx, Channel::Sms).await.unwrap(), id);
        assert_eq!(accounts::default_id(&mut tx, Channel::Email).await.unwrap(), mail);
    }
}

#[tokio::test]
async fn a_part_moves_forward_only_and_keeps_what_it_cost() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let account = gateway(&scratch, &mut tx, "a").await;
    let (message, id) = delivery(&scratch, &mut tx, account).await;
    sms::take(&mut tx, id, account, &["one".into(), "two".into()], Some(NOW)).await.unwrap();
    assert_eq!(sms::named(&mut tx, account, "two").await.unwrap(), Some((id, 2)));
    let paid = SmsReceipt { price: Some(Decimal(450)), ..receipt("one", SmsState::Delivered) };
    for receipt in [paid, receipt("one", SmsState::EnRoute), receipt("one", SmsState::Expired)] {
        sms::note(&mut tx, id, 1, &receipt).await.unwrap();
    }
    assert_eq!(sms::states(&mut tx, id).await.unwrap(), [SmsState::Delivered, SmsState::Taken]);
    let stored = messages::by_id(&scratch.store, &mut tx, message).await.unwrap();
    let part = &stored.deliveries[0].parts[0];
    assert_eq!(
        (part.price, part.word.as_str(), stored.deliveries[0].state),
        (Some(Decimal(450)), "Delivered", DeliveryState::Waiting)
    );
}

#[tokio::test]
async fn a_receipt_waits_for_its_part_and_is_taken_out_once() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (account, other) = (gateway(&scratch, &mut tx, "a").await, gateway(&scratch, &mut tx, "b").await);
    let (_, id) = delivery(&scratch, &mut tx, account).await;
    sms::keep(&mut tx, account, &receipt("one", SmsState::Delivered), NOW).await.unwrap();
    let named = SmsReceipt { delivery: Some(id), ..receipt("", SmsState::EnRoute) };
    sms::keep(&mut tx, account, &named, NOW).await.unwrap();
    assert_eq!(sms::kept(&mut tx, other, id, &["one".into()]).await.unwrap(), []);
    assert_eq!(sms::kept(&mut tx, account, id, &["one".into()]).await.unwrap().len(), 2);
    assert_eq!(sms::kept(&mut tx, account, id, &["one".into()]).await.unwrap(), []);
    sms::keep(&mut tx, account, &receipt("nobody's", SmsState::Taken), NOW).await.unwrap();
    assert_eq!((sms::sweep(&mut tx, NOW).await.unwrap(), sms::sweep(&mut tx, NOW.plus(1)).await.unwrap()), (0, 1));
}

#[tokio::test]
async fn what_waits_for_credit_is_not_due_and_does_not_expire() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let account = gateway(&scratch, &mut tx, "a").await;
    delivery(&scratch, &mut tx, account).await;
    assert!(sms_accounts::stop(&mut tx, account, NOW).await.unwrap());
    assert!(!sms_accounts::stop(&mut tx, account, NOW).await.unwrap());
    assert_eq!(deliveries::next_due(&mut tx).await.unwrap(), []);
    assert!(!deliveries::any_expired(&mut tx, NOW.plus(10)).await.unwrap());
    assert_eq!(deliveries::expire(&mut tx, NOW.plus(10)).await.unwrap(), []);
    let (credit, level) = (Some(Decimal(10_000)), CreditLevel::Low);
    let before = sms_accounts::note_credit(&mut tx, account, credit, level, NOW.plus(10), NOW).await.unwrap();
    assert_eq!((before, deliveries::next_due(&mut tx).await.unwrap().len()), (CreditLevel::Stopped, 1));
    assert!(!deliveries::any_expired(&mut tx, NOW.plus(10)).await.unwrap());
}

#[tokio::test]
async fn secrets_are_opened_only_by_the_vault_and_go_with_the_account() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let gateway = SmsGateway::EuroSms { base: "https://x.sk".into(), id: "1".into(), is_test: false };
    let mut draft = SmsAccountDraft::new(gateway);
    draft.secrets = vec![("key".into(), "tajné".into()), ("other".into(), "x".into())];
    let callback = CallbackSecret { text: "token", hash: b"hash" };
    let id = sms_accounts::create(&scratch.store, &mut tx, &draft, &callback, NOW).await.unwrap();
    let kept = sms_accounts::secrets(&scratch.store, &mut tx, id).await.unwrap();
    assert_eq!(kept.into_iter().collect::<Vec<_>>(), [("key".to_owned(), "tajné".to_owned())]);
    assert_eq!(sms_accounts::called(&mut tx, b"hash").await.unwrap(), Some(id));
    assert_eq!(sms_accounts::callback(&scratch.store, &mut tx, id).await.unwrap(), "token");
    accounts::delete(&mut tx, id, NOW).await.unwrap();
    assert_eq!(sms_accounts::called(&mut tx, b"hash").await.unwrap(), None);
    assert!(sms_accounts::secrets(&scratch.store, &mut tx, id).await.is_err());
    assert!(sms_accounts::standings(&scratch.store, &mut tx).await.unwrap().is_empty());
}
