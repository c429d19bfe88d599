//! The permission matrix: each call, made by each delivered role.

use app::Problem;
use axum::http::StatusCode;
use model::{DeliveredRole, Refusal};

use crate::bed::{Bed, Session};
use crate::calls::{CALLS, Door};

const ROLES: [DeliveredRole; 4] =
    [DeliveredRole::Administrator, DeliveredRole::Manager, DeliveredRole::Writer, DeliveredRole::Reader];

async fn everybody() -> (Bed, Vec<(DeliveredRole, Session)>) {
    let (bed, admin) = Bed::ready().await;
    let mut people = Vec::new();
    for role in ROLES {
        people.push((role, bed.user(&admin, role).await));
    }
    (bed, people)
}

fn may(door: Door, role: DeliveredRole) -> bool {
    match door {
        Door::Open | Door::SignedIn => true,
        Door::Only(roles) => roles.contains(&role),
    }
}

#[tokio::test]
async fn who_lacks_the_right_is_refused_and_nothing_changes() {
    let (bed, people) = everybody().await;
    for (role, session) in &people {
        for call in CALLS.iter().filter(|it| !may(it.door, *role)) {
            let before = bed.database();
            let reply = bed.call(call.path, Some(session), (call.input)()).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{role:?} {}: {}", call.path, reply.text());
            assert!(matches!(reply.json(), Problem::Refused(Refusal::NotPermitted(_))), "{role:?} {}", call.path);
            assert!(before == bed.database(), "{role:?} {} wrote", call.path);
        }
    }
}

#[tokio::test]
async fn who_has_the_right_gets_as_far_as_the_use_case() {
    let (bed, people) = everybody().await;
    for (role, session) in &people {
        for call in CALLS.iter().filter(|it| it.door != Door::Open && may(it.door, *role)) {
            let reply = bed.call(call.path, Some(session), (call.input)()).await;
            // There is nothing of that name, or the input is empty; but neither the door nor the server stood in the way.
            let fine = [StatusCode::OK, StatusCode::NOT_FOUND, StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY];
            assert!(fine.contains(&reply.status), "{role:?} {}: {} {}", call.path, reply.status, reply.text());
        }
    }
}
