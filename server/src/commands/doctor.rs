//! `vitrine doctor`.

use std::process::ExitCode;

use vitrine_adapters::{
    boot::Booted,
    config::{Config, Environment},
};

use super::print;

/// Looks at everything that the shop stands on, as it is configured, says what is wrong, and fails if the shop would not
/// open in production or something that it needs does not answer. Worth a run before a shop opens to the public.
pub(super) async fn run(booted: &Booted, config: &Config) -> anyhow::Result<ExitCode> {
    let mut is_well = true;
    for component in booted.health().await {
        is_well &= component.ok || !component.required;
        let name = component.name;
        match component.detail {
            None => print::line(format_args!("ok       {name} answers"))?,
            Some(detail) if component.required => print::line(format_args!("WRONG    {name}: {detail}"))?,
            Some(detail) => print::line(format_args!("warning  {name}: {detail}"))?,
        }
    }
    let hazards = booted.hazards(config).await?;
    for hazard in &hazards {
        match (hazard.is_refused(), hazard.allowed_by) {
            (true, Some(key)) => print::line(format_args!(
                "WRONG    {} If it is meant, set `{key}` to true.",
                hazard.text
            ))?,
            _ => print::line(format_args!("warning  {}", hazard.text))?,
        }
    }
    is_well &= !hazards.iter().any(|hazard| hazard.is_refused());
    if hazards.is_empty() {
        print::line("ok       what is acknowledged is kept")?;
    }
    for warning in config.warnings() {
        print::line(format_args!("warning  {warning}"))?;
    }
    if config.environment == Environment::Development {
        print::line("note     `environment` is development: production asks for more, and says what when it starts")?;
    }
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
