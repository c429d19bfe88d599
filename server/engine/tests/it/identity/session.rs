use engine::session::{identify, me, sign_out};
use model::time::{days, hours, minutes, seconds};

use super::*;

#[tokio::test]
async fn address_and_password_open_a_session() {
    let bed = TestBed::new().await;
    let admitted = sign_in(&bed.guest(), " Admin@EXAMPLE.sk ".to_owned(), PASSWORD.to_owned()).await.unwrap();
    let ctx = enter(&bed, &admitted.token).await.unwrap();
    assert_eq!(ctx.actor.id, bed.admin().actor.id);
    assert_eq!(me(&ctx).await.unwrap(), admitted.me);
    assert_eq!(log(&bed, 1).await, [(ctx.actor.id, Deed::SignedIn)]);
}

#[tokio::test]
async fn every_sign_in_has_a_secret_of_its_own() {
    let bed = TestBed::new().await;
    let first = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap();
    let second = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap();
    assert_ne!(first.token, second.token);
    assert_eq!(first.token.len(), 43);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let bed = TestBed::new().await;
    let guest = bed.guest();
    assert_eq!(refused(admin_signs_in(&guest, "wrong password").await), Refusal::WrongCredentials);
    for email in ["nobody@example.sk", "no address", ""] {
        let answer = sign_in(&guest, email.to_owned(), PASSWORD.to_owned()).await;
        assert_eq!(refused(answer), Refusal::WrongCredentials);
    }
}

#[tokio::test]
async fn a_failed_sign_in_is_logged_with_whose_it_was() {
    let bed = TestBed::new().await;
    admin_signs_in(&bed.guest(), "wrong password").await.err().unwrap();
    sign_in(&bed.guest(), "nobody@example.sk".to_owned(), PASSWORD.to_owned()).await.err().unwrap();
    let expected = [(UserId::SYSTEM, Deed::SignInFailed), (bed.admin().actor.id, Deed::SignInFailed)];
    assert_eq!(log(&bed, 2).await, expected);
}

#[tokio::test]
async fn the_system_cannot_sign_in() {
    let bed = TestBed::new().await;
    assert_eq!(refused(sign_in(&bed.guest(), String::new(), String::new()).await), Refusal::WrongCredentials);
}

#[tokio::test]
async fn who_guesses_a_password_waits_longer_and_longer() {
    let bed = TestBed::new().await;
    let stranger = elsewhere(&bed, "198.51.100.1");
    for _ in 0..5 {
        assert_eq!(refused(admin_signs_in(&stranger, "wrong password").await), Refusal::WrongCredentials);
    }
    assert_eq!(refused(admin_signs_in(&stranger, PASSWORD).await), Refusal::TooManyTries { wait_s: 5 });
    bed.advance(seconds(5));
    assert_eq!(refused(admin_signs_in(&stranger, "wrong password").await), Refusal::WrongCredentials);
    assert_eq!(refused(admin_signs_in(&stranger, PASSWORD).await), Refusal::TooManyTries { wait_s: 10 });
    bed.advance(seconds(10));
    admin_signs_in(&stranger, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn unknown_addresses_wait_like_known_ones() {
    let bed = TestBed::new().await;
    for _ in 0..5 {
        sign_in(&bed.guest(), "nobody@example.sk".to_owned(), PASSWORD.to_owned()).await.err().unwrap();
    }
    let answer = sign_in(&bed.guest(), "Nobody@example.sk".to_owned(), PASSWORD.to_owned()).await;
    assert_eq!(refused(answer), Refusal::TooManyTries { wait_s: 5 });
}

#[tokio::test]
async fn tries_at_the_same_time_are_counted_each() {
    let bed = TestBed::new().await;
    let tries = (0..20).map(|_| {
        let guest = elsewhere(&bed, "198.51.100.1");
        tokio::spawn(async move { refused(admin_signs_in(&guest, "wrong password").await) })
    });
    let mut judged = 0;
    for it in tries.collect::<Vec<_>>() {
        judged += usize::from(it.await.unwrap() == Refusal::WrongCredentials);
    }
    assert_eq!(judged, 5);
}

#[tokio::test]
async fn a_refused_try_writes_nothing() {
    let bed = TestBed::new().await;
    let stranger = elsewhere(&bed, "198.51.100.1");
    for _ in 0..5 {
        admin_signs_in(&stranger, "wrong password").await.err().unwrap();
    }
    let before = log_length(&bed).await;
    admin_signs_in(&stranger, "wrong password").await.err().unwrap();
    assert_eq!(log_length(&bed).await, before);
}

#[tokio::test]
async fn an_unknown_secret_opens_nothing() {
    let bed = TestBed::new().await;
    for token in ["", "guessed", &"x".repeat(100_000)] {
        assert_eq!(refused(enter(&bed, token).await), Refusal::SignedOut);
    }
}

#[tokio::test]
async fn a_session_ends_after_half_a_day_unused() {
    let bed = TestBed::new().await;
    let token = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    bed.advance(hours(12) - 1);
    enter(&bed, &token).await.unwrap();
    bed.advance(hours(12) - 1);
    enter(&bed, &token).await.unwrap();
    bed.advance(hours(12));
    assert_eq!(refused(enter(&bed, &token).await), Refusal::SignedOut);
}

#[tokio::test]
async fn a_session_ends_after_a_week_of_use() {
    let bed = TestBed::new().await;
    let token = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    for _ in 0..days(7) / hours(8) - 1 {
        bed.advance(hours(8));
        enter(&bed, &token).await.unwrap();
    }
    bed.advance(hours(8));
    assert_eq!(refused(enter(&bed, &token).await), Refusal::SignedOut);
}

#[tokio::test]
async fn use_is_noted_once_a_minute() {
    let bed = TestBed::new().await;
    let token = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    let begin = bed.engine.clock().now();
    let seen = async |network: &str| {
        let ctx = identify(&bed.engine, &token, network).await.unwrap();
        let sessions = engine::profile::sessions(&ctx).await.unwrap();
        let it = sessions.into_iter().find(|it| it.current).unwrap();
        (it.seen_at, it.from)
    };
    bed.advance(minutes(1) - 1);
    assert_eq!(seen("198.51.100.9").await, (begin, "192.0.2.1".to_owned()));
    bed.advance(1);
    assert_eq!(seen("198.51.100.9").await, (begin.plus(minutes(1)), "198.51.100.9".to_owned()));
    let users = engine::users::list(&bed.admin()).await.unwrap();
    let admin = users.iter().find(|it| it.email == ADMIN_EMAIL).unwrap();
    assert_eq!(admin.seen_at, Some(begin.plus(minutes(1))));
}

#[tokio::test]
async fn signing_out_ends_the_session_that_asks_and_no_other() {
    let bed = TestBed::new().await;
    let gone = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    let kept = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    let ctx = enter(&bed, &gone).await.unwrap();
    sign_out(&ctx).await.unwrap();
    assert_eq!(refused(enter(&bed, &gone).await), Refusal::SignedOut);
    enter(&bed, &kept).await.unwrap();
    assert_eq!(log(&bed, 1).await, [(ctx.actor.id, Deed::SignedOut)]);
}
