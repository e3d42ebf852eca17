package latex

import "strings"

// Escape writes a text so that LaTeX prints it as it stands, with any engine and no package.
func Escape(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	raised := false // within superscripts
	for _, r := range s + "\x00" {
		to, superscript := superscripts[r]
		switch {
		case superscript && !raised:
			b.WriteString("$^{")
		case raised && !superscript:
			b.WriteString("}$")
		}
		if raised = superscript; superscript {
			b.WriteString(to)
			continue
		}
		if r == 0 {
			continue
		}
		if to, ok := signs[r]; ok {
			b.WriteString(to)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// signs are the characters that are not written as they are.
var signs = map[rune]string{
	'\\': `\textbackslash{}`, '{': `\{`, '}': `\}`, '$': `\$`, '&': `\&`, '#': `\#`, '%': `\%`, '_': `\_`,
	'~': `\textasciitilde{}`, '^': `\textasciicircum{}`, '<': `\textless{}`, '>': `\textgreater{}`,
	'|': `\textbar{}`, '"': "''",
	'\u00a0': "~", '\u202f': `\,`, '\u2009': `\,`, '–': "--", '—': "---", '…': `\dots{}`, '’': "'", '‘': "`",
	'“': "``",
	'”': "''", '·': `\textperiodcentered{}`, '×': `$\times$`, '−': "$-$", '±': `$\pm$`, '≤': `$\leq$`,
	'≥': `$\geq$`,
	'≈': `$\approx$`, '→': `$\rightarrow$`, '∞': `$\infty$`, '°': `$^{\circ}$`, '€': `\texteuro{}`,
	'£': `\pounds{}`,
	'α': `$\alpha$`, 'β': `$\beta$`, 'γ': `$\gamma$`, 'δ': `$\delta$`, 'ε': `$\varepsilon$`, 'ζ': `$\zeta$`,
	'η': `$\eta$`, 'θ': `$\theta$`, 'ι': `$\iota$`, 'κ': `$\kappa$`, 'λ': `$\lambda$`, 'μ': `$\mu$`, 'ν': `$\nu$`,
	'ξ': `$\xi$`, 'π': `$\pi$`, 'ρ': `$\rho$`, 'σ': `$\sigma$`, 'τ': `$\tau$`, 'υ': `$\upsilon$`, 'φ': `$\varphi$`,
	'χ': `$\chi$`, 'ψ': `$\psi$`, 'ω': `$\omega$`, 'Γ': `$\Gamma$`, 'Δ': `$\Delta$`, 'Θ': `$\Theta$`,
	'Λ': `$\Lambda$`,
	'Ξ': `$\Xi$`, 'Π': `$\Pi$`, 'Σ': `$\Sigma$`, 'Φ': `$\Phi$`, 'Ψ': `$\Psi$`, 'Ω': `$\Omega$`,
}

// superscripts are raised signs, which stand together.
var superscripts = map[rune]string{'⁻': "-", '⁰': "0", '¹': "1", '²': "2", '³': "3", '⁴': "4", '⁵': "5",
	'⁶': "6",
	'⁷': "7", '⁸': "8", '⁹': "9"}
