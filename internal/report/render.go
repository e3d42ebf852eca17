package report

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"strings"

	"simulate/internal/visible"
)

//go:embed page.html page.css scale.js page.js assets/d3-7.9.2.min.js assets/plot-0.6.17.umd.min.js
//go:embed assets/d3-LICENSE.txt assets/plot-LICENSE.txt
var assets embed.FS

var pageTemplate = template.Must(template.New("page.html").ParseFS(assets, "page.html"))

func asset(name string) string {
	b, err := assets.ReadFile(name)
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	return string(b)
}

// script is what draws the charts.
func script() string { return asset("scale.js") + asset("page.js") }

// mostBytes is how large a page may be, so that it goes by mail.
const mostBytes = 1_500_000

// levels are the forms of a page, each smaller than the one before: everything; with figures of one
// case among several drawn by the page's script; and with lighter data.
const (
	everything = iota
	figuresPacked
	lightest = figuresPacked + 3
)

// lighter is data of interactive charts. Of the levels after figuresPacked, which count from 1,
// each leaves more out, and says what.
type lighter interface {
	lighter(level int) (data any, left string)
}

// render writes the page, whole where that makes no more than mostBytes; a larger one carries less,
// step by step, and says so.
func (p *page) render() (text []byte, err error) {
	for level := everything; level <= lightest; level++ {
		if text, err = p.renderAt(level); err != nil || len(text) <= mostBytes {
			break
		}
	}
	return text, err
}

// carried is a program or data of the page: packed, and unpacked by the page's own script.
type carried struct{ ID, Class, Packed string }

// renderAt writes the page at a level. Its policy lets a browser run the page's own scripts alone,
// told by their hashes, and load nothing.
func (p *page) renderAt(level int) ([]byte, error) {
	v := struct {
		*page
		Carried  []carried
		Left     []string
		Style    template.CSS
		Script   template.JS
		Policy   string
		Licences []text
	}{page: p, Script: template.JS(script())}
	v.Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
		"script-src " + hashed(script())
	if level >= figuresPacked {
		drawings := p.drawings()
		if len(drawings) > 0 {
			v.Left = append(v.Left, "figures of single cases are drawn by JavaScript")
			packed, err := pack(drawings)
			if err != nil {
				return nil, err
			}
			v.Carried = append(v.Carried, carried{ID: "drawings", Packed: packed})
		}
	}
	v.Style = template.CSS(asset("page.css") + p.looks.rules())
	if p.Data != nil {
		data, left := p.Data.lighter(max(0, level-figuresPacked))
		if left != "" {
			v.Left = append(v.Left, left)
		}
		packed, err := pack(data)
		if err != nil {
			return nil, err
		}
		v.Carried = append(v.Carried, carried{ID: "data", Packed: packed})
		for _, name := range []string{"assets/d3-7.9.2.min.js", "assets/plot-0.6.17.umd.min.js"} {
			program := asset(name)
			if packed, err = packText([]byte(program)); err != nil {
				return nil, err
			}
			v.Policy += " " + hashed(program)
			v.Carried = append(v.Carried, carried{Class: "program", Packed: packed})
		}
		v.Licences = []text{{Lead: "D3 7.9.2", Text: asset("assets/d3-LICENSE.txt")}, {Lead: "Observable Plot 0.6.17",
			Text: asset("assets/plot-LICENSE.txt")}}
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, v); err != nil {
		return nil, err
	}
	return []byte(visible.Text(b.String())), nil
}

// drawings takes the drawings of figures of one case among several out of the page, for its script.
func (p *page) drawings() (all []template.HTML) {
	for _, s := range p.Sections {
		for _, one := range s.Parts {
			for i := range one.Figures {
				if f := &one.Figures[i]; f.OfOne && f.Drawing != "" {
					all = append(all, f.Drawing)
					f.Packed = len(all)
				}
			}
		}
	}
	return all
}

// hashed names a script in the page's policy.
func hashed(script string) string {
	sum := sha256.Sum256([]byte(script))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// pack writes data as JSON, gzip and base64, a third of the JSON, which browsers unpack themselves.
func pack(data any) (string, error) {
	var b bytes.Buffer
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false) // it is packed
	if err := to.Encode(data); err != nil {
		return "", err
	}
	return packText(b.Bytes())
}

// packText is a text as gzip and base64.
func packText(content []byte) (string, error) {
	var b strings.Builder
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := z.Write(content); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return packing.EncodeToString([]byte(b.String())), nil
}

// packing is base64 without signs that HTML would escape.
var packing = base64.RawURLEncoding
