// Command oracle decodes request bodies with the engine's own types (Debian's 20.10 sources) and
// Go's encoding/json, and prints what it finds in memory afterwards.
//
// It first prints the fields that its types have, one "F <body> <path>" a line, and "END". Then it
// answers each line "<body> <base64>" with "ok <canonical JSON>" or "no <error>".
//
// Canonical: fields and map keys in the order of their bytes; a field at its zero value is left out
// (so nil pointer, map and slice are not there, an empty one is); nil inside a list or map is null.
// Bytes and floats, which no two languages print alike, are strings of hexadecimal digits.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"sort"
	"strconv"
	"strings"

	"github.com/docker/docker/api/types"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/api/types/swarm"
	"github.com/docker/docker/api/types/volume"
)

// createRequest is what engines from 27.0 on decode a container create into. The wrapper before
// it embeds HostConfig once more; such bodies are refused before they are compared.
type createRequest struct {
	*container.Config
	HostConfig       *container.HostConfig     `json:"HostConfig,omitempty"`
	NetworkingConfig *network.NetworkingConfig `json:"NetworkingConfig,omitempty"`
}

var bodies = map[string]reflect.Type{
	"checkpoint_create":  reflect.TypeOf(types.CheckpointCreateOptions{}),
	"config":             reflect.TypeOf(swarm.ConfigSpec{}),
	"container_create":   reflect.TypeOf(createRequest{}),
	"container_update":   reflect.TypeOf(container.UpdateConfig{}),
	"exec_create":        reflect.TypeOf(types.ExecConfig{}),
	"exec_start":         reflect.TypeOf(types.ExecStartCheck{}),
	"image_commit":       reflect.TypeOf(container.Config{}),
	"network_connect":    reflect.TypeOf(types.NetworkConnect{}),
	"network_create":     reflect.TypeOf(types.NetworkCreateRequest{}),
	"network_disconnect": reflect.TypeOf(types.NetworkDisconnect{}),
	"node":               reflect.TypeOf(swarm.NodeSpec{}),
	"plugin_privileges":  reflect.TypeOf(types.PluginPrivileges{}),
	"plugin_set":         reflect.TypeOf([]string{}),
	"secret":             reflect.TypeOf(swarm.SecretSpec{}),
	"service":            reflect.TypeOf(swarm.ServiceSpec{}),
	"swarm_init":         reflect.TypeOf(swarm.InitRequest{}),
	"swarm_join":         reflect.TypeOf(swarm.JoinRequest{}),
	"swarm_unlock":       reflect.TypeOf(swarm.UnlockRequest{}),
	"swarm_update":       reflect.TypeOf(swarm.Spec{}),
	"volume_create":      reflect.TypeOf(volume.VolumeCreateBody{}),
}

// fieldName is the JSON key of a field, "" for one that has none.
func fieldName(f reflect.StructField) string {
	tag := f.Tag.Get("json")
	if tag == "-" || strings.HasPrefix(f.Name, "XXX_") {
		return ""
	}
	if name := strings.Split(tag, ",")[0]; name != "" {
		return name
	}
	return f.Name
}

// isFlattened tells an embedded struct, whose fields count as those of the outer one.
func isFlattened(f reflect.StructField) bool {
	return f.Anonymous && f.Tag.Get("json") == ""
}

func printFields(out *bufio.Writer, body, path string, t reflect.Type) {
	switch t.Kind() {
	case reflect.Ptr, reflect.Slice, reflect.Array, reflect.Map:
		printFields(out, body, path, t.Elem())
	case reflect.Struct:
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			name := fieldName(f)
			switch {
			case isFlattened(f):
				printFields(out, body, path, f.Type)
			case name != "":
				fmt.Fprintf(out, "F %s %s\n", body, path+name)
				printFields(out, body, path+name+".", f.Type)
			}
		}
	}
}

// members collects the fields of a struct that are not at their zero value.
func members(v reflect.Value, found map[string]reflect.Value) {
	for i := 0; i < v.NumField(); i++ {
		f, value := v.Type().Field(i), v.Field(i)
		if isFlattened(f) {
			if value.Kind() == reflect.Ptr {
				if value.IsNil() {
					continue
				}
				value = value.Elem()
			}
			members(value, found)
		} else if name := fieldName(f); name != "" && !isZero(value) {
			found[name] = value
		}
	}
}

func isZero(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Ptr, reflect.Map, reflect.Slice:
		return v.IsNil()
	case reflect.Float32:
		return v.Float() == 0 // -0 too
	case reflect.Struct:
		found := map[string]reflect.Value{}
		members(v, found)
		return len(found) == 0
	}
	return v.IsZero()
}

func printText(out *bytes.Buffer, s string) {
	out.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			out.WriteByte('\\')
			out.WriteByte(c)
		case c == '\n':
			out.WriteString(`\n`)
		case c == '\t':
			out.WriteString(`\t`)
		case c == '\r':
			out.WriteString(`\r`)
		case c < 0x20 || c == 0x7f:
			fmt.Fprintf(out, `\u%04x`, c)
		case c == 0xc2 && s[i+1] < 0xa0: // U+0080 to U+009F: what was decoded is valid UTF-8
			i++
			fmt.Fprintf(out, `\u%04x`, s[i])
		default:
			out.WriteByte(c)
		}
	}
	out.WriteByte('"')
}

func printMembers(out *bytes.Buffer, found map[string]reflect.Value) {
	names := make([]string, 0, len(found))
	for name := range found {
		names = append(names, name)
	}
	sort.Strings(names)
	out.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			out.WriteByte(',')
		}
		printText(out, name)
		out.WriteByte(':')
		printValue(out, found[name])
	}
	out.WriteByte('}')
}

func printMap(out *bytes.Buffer, v reflect.Value) {
	found := map[string]reflect.Value{}
	for _, key := range v.MapKeys() {
		found[key.String()] = v.MapIndex(key)
	}
	printMembers(out, found)
}

func printList(out *bytes.Buffer, v reflect.Value) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		printText(out, hex.EncodeToString(v.Bytes()))
		return
	}
	out.WriteByte('[')
	for i := 0; i < v.Len(); i++ {
		if i > 0 {
			out.WriteByte(',')
		}
		printValue(out, v.Index(i))
	}
	out.WriteByte(']')
}

func printValue(out *bytes.Buffer, v reflect.Value) {
	switch v.Kind() {
	case reflect.Ptr, reflect.Map, reflect.Slice:
		if v.IsNil() {
			out.WriteString("null")
			return
		}
	}
	switch v.Kind() {
	case reflect.Ptr:
		printValue(out, v.Elem())
	case reflect.Map:
		printMap(out, v)
	case reflect.Slice, reflect.Array:
		printList(out, v)
	case reflect.Struct:
		found := map[string]reflect.Value{}
		members(v, found)
		printMembers(out, found)
	case reflect.String:
		printText(out, v.String())
	case reflect.Bool:
		out.WriteString(strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		out.WriteString(strconv.FormatInt(v.Int(), 10))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		out.WriteString(strconv.FormatUint(v.Uint(), 10))
	case reflect.Float32:
		fmt.Fprintf(out, `"%08x"`, math.Float32bits(float32(v.Float())))
	default:
		panic("no canonical form for " + v.Type().String())
	}
}

func answer(line string) string {
	name, coded, _ := strings.Cut(line, " ")
	t, ok := bodies[name]
	if !ok {
		panic("no body " + name)
	}
	body, err := base64.StdEncoding.DecodeString(coded)
	if err != nil {
		panic(err)
	}
	v := reflect.New(t)
	// As the engine's httputils.ReadJSON does. What follows the first value is not looked at here.
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(v.Interface()); err != nil {
		return "no " + strings.ReplaceAll(err.Error(), "\n", " ")
	}
	var out bytes.Buffer
	out.WriteString("ok ")
	printValue(&out, v.Elem())
	return out.String()
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	for body, t := range bodies {
		printFields(out, body, "", t)
	}
	fmt.Fprintln(out, "END")
	out.Flush()
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		fmt.Fprintln(out, answer(strings.TrimSuffix(line, "\n")))
		out.Flush()
	}
}
