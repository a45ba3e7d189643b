//! Which part of a picture or file is asked for.

use axum::http::HeaderValue;
use vitrine_commerce::ports::media_store::ByteRange;
use vitrine_server::media::range;

#[test]
fn a_range_is_one_part() {
    let read = |text: &str| range(&HeaderValue::try_from(text).unwrap());
    assert_eq!(read("bytes=0-99"), Some(ByteRange::Between(0, 99)));
    assert_eq!(read("bytes=100-"), Some(ByteRange::From(100)));
    assert_eq!(read("bytes=-5"), Some(ByteRange::Last(5)));
    for other in [
        "bytes=0-1,5-6",
        "lines=1-2",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=-1-2",
    ] {
        assert_eq!(read(other), None, "{other}");
    }
}
