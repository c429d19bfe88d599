use engine::settings::{company, save_company};
use model::settings::BlockedEndings;
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
async fn the_company_says_which_files_are_not_taken() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let put = async |name: &str| engine::attachments::put(&ctx, name, "application/octet-stream", vec![1]).await;
    let before = company(&ctx).await.unwrap();
    let blocked = |ending: &str| Refusal::FileTypeBlocked { ending: ending.into() };
    assert_eq!(refused(put("a.exe").await), blocked("exe"));
    put("a.docm").await.unwrap();
    let changed = Company { blocked_endings: BlockedEndings::read("docm pdf"), ..before.clone() };
    save_company(&ctx, changed).await.unwrap();
    assert_eq!(refused(put("a.DOCM").await), blocked("docm"));
    put("a.exe").await.unwrap();
    let draft = model::LibraryDraft { name: "a.pdf".into(), folder: String::new() };
    assert_eq!(refused(crate::library::add(&ctx, draft, b"%PDF-1.7\nx\n%%EOF".to_vec()).await), blocked("pdf"));
    let wrong = Company { blocked_endings: BlockedEndings(vec!["a/b".into()]), ..before };
    assert_eq!(refused(save_company(&ctx, wrong).await), Refusal::field("blocked_endings", Fault::Character));
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
