//! Who comes, who goes, and with which role.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{id, version},
    },
    documents::{
        AdminInvitationResend, AdminInvitationWithdraw, AdminInvite, AdminMemberChange, AdminMemberDeactivate,
        AdminMemberFactorReset, AdminMemberReactivate, admin_invitation_resend as resend_document,
        admin_invitation_withdraw as withdraw_document, admin_invite as invite_document,
        admin_member_change as change_document, admin_member_deactivate as deactivate_document,
        admin_member_factor_reset as factor_document, admin_member_reactivate as reactivate_document,
    },
    problem::Problem,
    visit::Form,
};

pub async fn invite(staff: &Staff, form: &Form) -> Outcome {
    let input = invite_document::StaffInviteInput {
        email: form.text("email").to_owned(),
        role_id: form.some("roleId").ok_or(Problem::BadForm)?,
    };
    deed::run(staff, AdminInvite, invite_document::Variables { input }).await
}

pub async fn withdraw(staff: &Staff, form: &Form) -> Outcome {
    let input = withdraw_document::StaffInvitationWithdrawInput { id: id(form)? };
    deed::run(staff, AdminInvitationWithdraw, withdraw_document::Variables { input }).await
}

pub async fn resend(staff: &Staff, form: &Form) -> Outcome {
    let input = resend_document::StaffInvitationResendInput { id: id(form)? };
    deed::run(staff, AdminInvitationResend, resend_document::Variables { input }).await
}

pub async fn change(staff: &Staff, form: &Form) -> Outcome {
    let input = change_document::StaffMemberUpdateInput {
        expected_version: version(form),
        id: id(form)?,
        name: form.some("name"),
        role_id: form.some("roleId"),
    };
    deed::run(staff, AdminMemberChange, change_document::Variables { input }).await
}

pub async fn deactivate(staff: &Staff, form: &Form) -> Outcome {
    let input = deactivate_document::StaffMemberDeactivateInput {
        expected_version: version(form),
        id: id(form)?,
    };
    deed::run(staff, AdminMemberDeactivate, deactivate_document::Variables { input }).await
}

pub async fn reactivate(staff: &Staff, form: &Form) -> Outcome {
    let input = reactivate_document::StaffMemberReactivateInput {
        expected_version: version(form),
        id: id(form)?,
    };
    deed::run(staff, AdminMemberReactivate, reactivate_document::Variables { input }).await
}

pub async fn reset_factor(staff: &Staff, form: &Form) -> Outcome {
    let input = factor_document::StaffMemberTwoFactorResetInput { id: id(form)? };
    deed::run(staff, AdminMemberFactorReset, factor_document::Variables { input }).await
}
