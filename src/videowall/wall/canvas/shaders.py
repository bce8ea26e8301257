"""What the GPU does with a picture: averages over the area of a device pixel, and converts the colours.

In the GLSL that OpenGL 3 in its compatibility profile and OpenGL ES 3 both take.
"""

VERTEX = """
attribute highp vec2 corner;
varying highp vec2 at;
void main() {
    at = vec2(corner.x, 1.0 - corner.y);
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}
"""

_MEAN = """
varying highp vec2 at;
uniform highp vec2 span;

// The mean over the part of the picture under one device pixel: bilinear samples, one a texel or closer.
// One tap at the middle of a texel is that texel.
vec4 mean(sampler2D plane, highp vec2 middle, highp vec2 taps) {
    highp vec4 sum = vec4(0.0);
    for (int j = 0; j < 8; ++j) {
        if (float(j) >= taps.y) break;
        for (int i = 0; i < 8; ++i) {
            if (float(i) >= taps.x) break;
            sum += texture2D(plane, middle + span * ((vec2(float(i), float(j)) + 0.5) / taps - 0.5));
        }
    }
    return sum / (taps.x * taps.y);
}
"""
MOST_TAPS = 8

I420 = (
    _MEAN
    + """
uniform sampler2D y_plane;
uniform sampler2D u_plane;
uniform sampler2D v_plane;
uniform highp vec2 luma_taps;
uniform highp vec2 chroma_taps;
uniform highp vec4 chroma_place;
uniform highp vec2 luma;
uniform highp vec4 chroma;
void main() {
    highp float y = luma.x * (mean(y_plane, at, luma_taps).r - luma.y);
    highp vec2 there = at * chroma_place.xy + chroma_place.zw;
    highp float u = mean(u_plane, there, chroma_taps).r - 128.0 / 255.0;
    highp float v = mean(v_plane, there, chroma_taps).r - 128.0 / 255.0;
    gl_FragColor = vec4(y + chroma.x * v, y + chroma.y * u + chroma.z * v, y + chroma.w * u, 1.0);
}
"""
)

BGRX = (
    _MEAN
    + """
uniform sampler2D plane;
uniform highp vec2 taps;
void main() {
    gl_FragColor = vec4(mean(plane, at, taps).bgr, 1.0);
}
"""
)

OVERLAY = """
varying highp vec2 at;
uniform sampler2D plane;
void main() {
    gl_FragColor = texture2D(plane, at).bgra;
}
"""
