//! What a shop is made of, as the configuration has it.

use std::sync::Arc;

use anyhow::Context;
use vitrine_commerce::{metrics, reader::Reader, shop::Parts};

use super::{Outside, carrier, mail, media, payment, push, search_engine, services, settings, sms, transport};
use crate::{
    carrier::SimulatedCarrier, config::Config, documents::PdfRenderer, mailer::SmtpMailer, outbound::HttpWebhooks,
    payment::simulated::SimulatedProvider, queue::Consumer, search::TantivySearch,
};

/// What of a shop's parts this process reaches by itself, too: each is there where the shop has one of its kind.
pub(super) struct Own {
    pub(super) consumer: Consumer,
    pub(super) simulated: Option<Arc<SimulatedProvider>>,
    pub(super) simulated_carrier: Option<Arc<SimulatedCarrier>>,
    pub(super) search: Option<TantivySearch>,
    pub(super) smtp: Option<Arc<SmtpMailer>>,
}

pub(super) async fn parts(
    config: &Config,
    db: Reader,
    outside: Outside,
    signing_secret: Vec<u8>,
) -> anyhow::Result<(Parts, Own)> {
    let payment::Providers { by_name, simulated } = payment::providers(config, &db, &outside, &signing_secret).await?;
    by_name.keys().for_each(|name| metrics::introduce_provider(name));
    let (carriers, simulated_carrier) = carrier::carriers(config, &signing_secret);
    let (mailer, smtp) = mail::mailer(config, &outside.clock)?;
    let (consumer, bus) = transport::transport(config)?;
    let pictures = media::ports(&config.media)?;
    let (search, own_search) = search_engine::search_engine(config, &outside)?;
    let webhooks = HttpWebhooks::new(config.webhooks.to_inside).context("making the client that sends webhooks")?;
    let parts = Parts {
        db,
        queue: consumer.producer(),
        bus: outside.bus.unwrap_or(bus),
        rate_limiter: transport::rate_limiter(config, &outside.clock)?,
        mailer,
        sms: sms::sender(config, &outside.clock)?,
        push: push::sender(config, &signing_secret, &outside.clock)?,
        search,
        media: pictures.store,
        imaging: pictures.imaging,
        documents: Arc::new(PdfRenderer::new(config.documents.folders())),
        picture_source: pictures.source,
        webhook_sender: Arc::new(webhooks),
        event_stream: transport::event_stream(config)?,
        payment_providers: by_name,
        identity_providers: services::identity_providers(config, &outside.clock)?,
        carriers,
        parcel_labels: services::parcel_labels(config),
        vat_register: services::vat_register(config)?,
        exchange_rates: services::exchange_rates(config)?,
        legacy: services::legacy(config)?,
        settings: settings::settings(config, signing_secret)?,
        clock: outside.clock,
        ids: outside.ids,
    };
    let own = Own {
        consumer,
        simulated,
        simulated_carrier,
        search: own_search,
        smtp,
    };
    Ok((parts, own))
}
