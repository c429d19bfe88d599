use engine::settings::{company, save_company};
use model::{Company, Fault};

use super::*;

#[tokio::test]
async fn the_company_is_changed_and_logged() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let before = company(&ctx).await.unwrap();
    save_company(&ctx, Company { name: " Biely kôň ".into(), phone: " 0903 622 237 ".into(), ..before.clone() }).await.unwrap();
    let after = company(&ctx).await.unwrap();
    assert_eq!(after, Company { name: "Biely kôň".into(), phone: "0903 622 237".into(), ..before });
    assert_eq!(engine::session::me(&ctx).await.unwrap().company, "Biely kôň");
    assert_eq!(log(&bed, 1).await, [(ctx.actor.id, Deed::CompanyChanged)]);
}

#[tokio::test]
async fn faults_of_the_company_are_named() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let before = company(&ctx).await.unwrap();
    let answer = save_company(&ctx, Company { name: String::new(), ..before.clone() }).await;
    assert_eq!(refused(answer), Refusal::field("name", Fault::Missing));
    assert_eq!(company(&ctx).await.unwrap(), before);
}

#[tokio::test]
async fn the_company_is_for_those_who_manage_settings() {
    let bed = TestBed::new().await;
    let eva = bed.user_with(&all_but(Permission::SettingsManage)).await;
    let before = company(&bed.admin()).await.unwrap();
    let lacking = Refusal::NotPermitted(Permission::SettingsManage);
    assert_eq!(refused(company(&eva).await), lacking);
    assert_eq!(refused(save_company(&eva, Company { name: "Moja".into(), ..before.clone() }).await), lacking);
    assert_eq!(company(&bed.admin()).await.unwrap(), before);
}
