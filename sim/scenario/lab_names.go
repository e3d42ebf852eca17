package scenario

import "strings"

// displayNames refuses a lab that figures would call as they call another: by the name that it has,
// or by the key of one without a name. Case, spaces, _ and - tell no two labs apart.
func (b *binder) displayNames(root *node) {
	labs := root.get("labs")
	if labs == nil || labs.kind != mappingNode {
		return
	}
	plain := strings.NewReplacer(" ", "", "_", "", "-", "")
	called := map[string]string{} // key of the lab by what it is called
	given := func(p pair) *pair {
		if p.value == nil || p.value.kind != mappingNode {
			return nil
		}
		if name := p.value.pair("name"); name != nil && strings.TrimSpace(plainText(name.value)) != "" {
			return name
		}
		return nil
	}
	for _, p := range labs.pairs {
		if given(p) == nil {
			called[strings.ToLower(plain.Replace(p.key))] = p.key
		}
	}
	for _, p := range labs.pairs {
		name := given(p)
		if name == nil {
			continue
		}
		text := strings.Join(strings.Fields(plainText(name.value)), " ")
		key := strings.ToLower(plain.Replace(text))
		if other, taken := called[key]; taken {
			b.addf(name.value.at, "write another name, such as "+text+" (new)", "labs.%s.name: %q is how lab %s is called "+
				"as well, so that no figure would tell them apart", p.key, clip(text), other)
			continue
		}
		called[key] = p.key
	}
}
