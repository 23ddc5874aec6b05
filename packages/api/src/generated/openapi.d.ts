// Written by `npm run generate`.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A folder of manifests in a Git repository, kept applied as one transaction a commit and wave. */
        "dev.gantry.gitops.v1alpha1.Application": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            spec?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationSpec"];
            status?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationStatus"];
        };
        "dev.gantry.gitops.v1alpha1.ApplicationDependency": {
            /** @description Name of an Application. */
            name: string;
            /** @description Its namespace. Default: the same. */
            namespace?: string;
        };
        "dev.gantry.gitops.v1alpha1.ApplicationDestination": {
            /** @description Namespace of objects that name none. Default: the namespace of the Application. */
            namespace?: string;
            /** @description Labels of the namespace, when the sync makes it. */
            labels?: {
                [key: string]: string;
            };
        };
        "dev.gantry.gitops.v1alpha1.ApplicationHistoryEntry": {
            /** @description The full commit id. */
            commit: string;
            /** @description First line of the commit message. */
            message?: string;
            /** @description Who wrote the commit. */
            author?: string;
            /** @description Who pushed or asked for the sync. */
            user?: string;
            /** @description When it was applied or refused. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When everything was healthy; absent while it is not. */
            healthyTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * @description How it ended.
             * @enum {string}
             */
            result?: "Applied" | "Failed" | "Rejected" | "Superseded";
            /**
             * @description Why it was applied. Default: a new commit.
             * @enum {string}
             */
            cause?: "Commit" | "Request" | "Rollback" | "Retry";
            /** @description Why, in words. */
            reason?: string;
            /**
             * Format: int32
             * @description Objects created.
             */
            created?: number;
            /**
             * Format: int32
             * @description Objects changed.
             */
            changed?: number;
            /**
             * Format: int32
             * @description Objects deleted.
             */
            pruned?: number;
            /**
             * Format: int32
             * @description Waves in which it was applied, when more than one.
             */
            waves?: number;
            /**
             * Format: int32
             * @description Transactions in which it was applied, when more than one.
             */
            transactions?: number;
        };
        "dev.gantry.gitops.v1alpha1.ApplicationObjectStatus": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
            /**
             * @description Whether the live object is as the commit says.
             * @enum {string}
             */
            sync?: "Synced" | "OutOfSync";
            /**
             * @description How the object is doing.
             * @enum {string}
             */
            health?: "Healthy" | "Progressing" | "Degraded" | "Suspended" | "Missing" | "Unknown" | "Unmanaged";
            /** @description Why, in words. */
            message?: string;
            /** @description file:line in the repository. */
            source?: string;
            /**
             * Format: int32
             * @description Wave in which it is applied, when it is not 0.
             */
            wave?: number;
            /** @description Its manifest says that it is never deleted by a sync. */
            keep?: boolean;
            /** @description Who changed it, when it is out of sync. */
            touched?: components["schemas"]["dev.gantry.gitops.v1alpha1.ObjectTouch"];
            /** @description Commit that it was applied from, when that is not the one that was last applied as a whole. */
            commit?: string;
            /** @description It came since the last sync that left no deletions over: of the prune budget it is no part yet. */
            added?: boolean;
        };
        "dev.gantry.gitops.v1alpha1.ApplicationSource": {
            /** @description Name of a Repository in the same namespace. */
            repository: string;
            /**
             * @description Branch that is followed.
             * @default main
             */
            branch?: string;
            /** @description Tag that is followed instead of the branch. */
            tag?: string;
            /** @description Range such as ">=1.2.0 <2": the highest tag in it is followed. */
            semver?: string;
            /** @description Commit to stay at, by its full id. Wins over semver, tag and branch, in this order. */
            commit?: string;
            /**
             * @description Folder in the repository. With a kustomization.yaml in it Kustomize renders it, with a Chart.yaml Helm; else every manifest below it is taken as it is.
             * @default .
             */
            path?: string;
            /** @description How a chart is rendered. */
            helm?: components["schemas"]["dev.gantry.gitops.v1alpha1.HelmSource"];
        };
        "dev.gantry.gitops.v1alpha1.ApplicationSpec": {
            /** @description Where the manifests come from. */
            source: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationSource"];
            /** @description Where the objects go. */
            destination?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationDestination"];
            /**
             * @description What happens by itself.
             * @default {}
             */
            syncPolicy?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationSyncPolicy"];
            /** @description Applications that must be synced and healthy before this one is applied. */
            dependsOn?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationDependency"][];
            /** @description What others may change without it being drift. */
            ignoreDifferences?: components["schemas"]["dev.gantry.gitops.v1alpha1.IgnoredDifference"][];
            /** @description Who is told what becomes of it; at most 10 are. */
            notifications?: components["schemas"]["dev.gantry.gitops.v1alpha1.Notification"][];
            /**
             * @description Whether its objects stay or go when the Application is deleted.
             * @default Orphan
             * @enum {string}
             */
            deletionPolicy?: "Orphan" | "Cascade";
            /** @description Service account of the same namespace whose rights the sync acts with, instead of those of spec.user. Only who may impersonate it may set it. */
            serviceAccountName?: string;
            /** @description The user whose rights the sync acts with. Only a user with the verb impersonate on it may set it; set to the pusher by a push. */
            user?: string;
            /** @description Groups of that user, as they were when it was set. */
            groups?: string[];
        };
        "dev.gantry.gitops.v1alpha1.ApplicationStatus": {
            /**
             * Format: int64
             * @description Generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * @description Whether the cluster is as the commit says.
             * @enum {string}
             */
            sync?: "Synced" | "OutOfSync" | "Unknown";
            /**
             * @description How the object is doing.
             * @enum {string}
             */
            health?: "Healthy" | "Progressing" | "Degraded" | "Suspended" | "Missing" | "Unknown";
            /** @description Why, in words. */
            message?: string;
            /** @description Commit that was last applied. */
            commit?: string;
            /** @description Newest commit of what is followed. */
            targetCommit?: string;
            /** @description The sync that is under way. */
            operation?: components["schemas"]["dev.gantry.gitops.v1alpha1.SyncOperation"];
            /** @description Deletions that wait for an approval. */
            pendingPrune?: components["schemas"]["dev.gantry.gitops.v1alpha1.PendingPrune"];
            /** @description A commit that was rolled back. */
            quarantine?: components["schemas"]["dev.gantry.gitops.v1alpha1.Quarantine"];
            /** @description Every object of the commit that was last applied. */
            objects?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationObjectStatus"][];
            /** @description Newest first, at most 50. */
            history?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplicationHistoryEntry"][];
            /** @description What is going on, one a type. */
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
        };
        "dev.gantry.gitops.v1alpha1.ApplicationSyncPolicy": {
            /**
             * @description Apply each new commit without being asked.
             * @default true
             */
            automated?: boolean;
            /**
             * @description Delete what the commit no longer holds.
             * @default true
             */
            prune?: boolean;
            /**
             * @description Put back what others changed.
             * @default false
             */
            selfHeal?: boolean;
            /**
             * @description How much may be deleted without an approval.
             * @default {}
             */
            pruneBudget?: components["schemas"]["dev.gantry.gitops.v1alpha1.PruneBudget"];
            /**
             * @description What becomes of a sync that failed.
             * @default {}
             */
            retry?: components["schemas"]["dev.gantry.gitops.v1alpha1.RetryPolicy"];
            /**
             * @description How long a wave or a hook may take to become healthy before the sync has failed.
             * @default 5m
             */
            timeout?: string;
        };
        /** @description A server-side apply (and prune) of many objects in one transaction. Never stored: posted, answered, gone. */
        "dev.gantry.gitops.v1alpha1.ApplySet": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            spec?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetSpec"];
            status?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetStatus"];
        };
        "dev.gantry.gitops.v1alpha1.ApplySetLedger": {
            /** @description Namespace of the Application. */
            namespace: string;
            /** @description Name of an Application that acts with the rights of the caller. */
            application: string;
            /** @description Name of its Repository. */
            repository?: string;
            /** @description Branch or tag that it follows. */
            ref?: string;
            /** @description The full commit id. */
            commit?: string;
            /** @description First line of the commit message. */
            commitMessage?: string;
            /** @description The same for all entries of one sync. */
            syncId?: string;
        };
        "dev.gantry.gitops.v1alpha1.ApplySetReference": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
            /** @description When set, only the object with this uid is deleted. */
            uid?: string;
        };
        "dev.gantry.gitops.v1alpha1.ApplySetResult": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
            /**
             * @description What was done, or in a dry run would be.
             * @enum {string}
             */
            operation?: "create" | "update" | "none" | "delete" | "error";
            /** @description The live object before; absent when it was created. */
            before?: unknown;
            /** @description The object as it is, or in a dry run would be, afterwards. */
            after?: unknown;
            /** @description With spec.explain: paths of the fields that mutating admission set, at most 500. */
            admitted?: string[];
            /** @description The Status that the same request alone would have got. */
            error?: unknown;
        };
        "dev.gantry.gitops.v1alpha1.ApplySetSpec": {
            /** @description Compute every result, store nothing. */
            dryRun?: boolean;
            /** @description Of a dry run: say which fields admission set, and leave out objects that would stay as they are. */
            explain?: boolean;
            /** @description Who owns the fields that are applied. */
            fieldManager: string;
            /** @description Take over fields that other managers own, instead of failing with a conflict. */
            force?: boolean;
            /** @description Kept with each change, e.g. the commit. */
            origin?: string;
            /** @description Records each object that changes in the ledger of this Application, with what was sent for it. */
            ledger?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetLedger"];
            /** @description Objects to apply, in any order. Definitions of kinds and namespaces go first. */
            apply?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"][];
            /** @description Objects to delete, after all applies. */
            prune?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetReference"][];
        };
        "dev.gantry.gitops.v1alpha1.ApplySetStatus": {
            /** @description True when everything took effect; false when nothing did. */
            applied?: boolean;
            /**
             * Format: int64
             * @description Version of the store after the change; of a dry run, the one that it compares with.
             */
            revision?: number;
            /** @description One an object: those of spec.apply in their order, then those of spec.prune. */
            results?: components["schemas"]["dev.gantry.gitops.v1alpha1.ApplySetResult"][];
        };
        "dev.gantry.gitops.v1alpha1.CommitVerification": {
            /** @description The keys that are trusted: any key of the Secret that ends in .asc or .gpg holds OpenPGP public keys, one named allowed_signers those of SSH. */
            secretRef: components["schemas"]["dev.gantry.gitops.v1alpha1.SecretNameReference"];
        };
        "dev.gantry.gitops.v1alpha1.HelmSource": {
            /** @description https:// of a Helm repository, or oci:// of a registry, that holds the chart. Empty: the chart is the folder at path. */
            repositoryURL?: string;
            /** @description Name of the chart in repositoryURL. */
            chart?: string;
            /** @description Version of the chart, or a semver range. Default: the newest. */
            version?: string;
            /** @description Credentials for repositoryURL: keys username and password, or token; ca.crt for an authority of its own. */
            secretRef?: components["schemas"]["dev.gantry.gitops.v1alpha1.SecretNameReference"];
            /** @description Default: the name of the Application. */
            releaseName?: string;
            /** @description Files of the repository, relative to path; later ones win. */
            valuesFiles?: string[];
            /** @description Values that win over those of the files. */
            values?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
            /** @description Leave out the chart's crds folder. */
            skipCRDs?: boolean;
        };
        "dev.gantry.gitops.v1alpha1.IgnoredDifference": {
            /** @description API group of the objects; empty is the core group. Default: any. */
            group?: string;
            /** @description Kind of the objects; * is any. */
            kind: string;
            /** @description Their namespace. Default: any. */
            namespace?: string;
            /** @description Their name. Default: any. */
            name?: string;
            /** @description Fields that others may change, as in RFC 6901; * stands for any one step. */
            jsonPointers?: string[];
            /** @description Field managers that may change what they own. */
            managers?: string[];
        };
        /** @description One thing that a commit, a push or a person did to Applications. Appended by the server and the sync; never changed. */
        "dev.gantry.gitops.v1alpha1.LedgerEntry": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * @description What happened.
             * @enum {string}
             */
            type: "Push" | "PushRejected" | "Plan" | "Sync" | "Change" | "Prune" | "PruneHeld" | "Failure" | "Approval" | "Rollback" | "Drift" | "Heal" | "Healthy" | "Degraded";
            /** @description When, to the millisecond. Default: when it was recorded. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            /** @description The user who did it, or with whose rights it was done. Default: who recorded it. */
            actor?: string;
            /** @description Name of the Application in the namespace of the entry. */
            application?: string;
            /** @description Name of the Repository. */
            repository?: string;
            /** @description Branch or tag, or what else the Application follows. */
            ref?: string;
            /** @description The full commit id. */
            commit?: string;
            /** @description First line of the commit message. */
            commitMessage?: string;
            /** @description The object that it is about. */
            object?: components["schemas"]["dev.gantry.gitops.v1alpha1.LedgerObject"];
            /**
             * @description What was done to the object.
             * @enum {string}
             */
            operation?: "create" | "update" | "delete";
            /** @description Images that the object runs. */
            images?: string[];
            /** @description What went wrong, in words. */
            error?: string;
            /**
             * Format: int64
             * @description How long it took, in milliseconds: of a Sync until it was applied, of Healthy since the commit was applied.
             */
            durationMs?: number;
            /** @description The same for all entries of one sync or push. */
            syncId?: string;
            /**
             * Format: int64
             * @description Version of the store that the change made: its place in the change log.
             */
            revision?: number;
            /** @description What was applied, exactly; of a Prune what was deleted. Values of Secrets are left out. Lists leave it out too, unless they are asked with manifests=true. */
            manifest?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
            /** @description What happened, in words. */
            message?: string;
        };
        "dev.gantry.gitops.v1alpha1.LedgerObject": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
        };
        "dev.gantry.gitops.v1alpha1.Notification": {
            /** @description http(s) address that gets a POST of JSON. Link-local addresses are refused, redirects are not followed. */
            url: string;
            /** @description Signs the body: X-Gantry-Signature-256 is "sha256=" and the HMAC-SHA256 of the body in hexadecimal. */
            secretRef?: components["schemas"]["dev.gantry.gitops.v1alpha1.NotificationSecret"];
            /** @description What is told. Default: everything. */
            events?: ("Synced" | "SyncFailed" | "Healthy" | "Degraded" | "PruneHeld" | "RolledBack")[];
        };
        "dev.gantry.gitops.v1alpha1.NotificationSecret": {
            /** @description Name of a Secret in the same namespace. */
            name: string;
            /**
             * @description Its key that holds the shared secret.
             * @default token
             */
            key?: string;
        };
        "dev.gantry.gitops.v1alpha1.ObjectTouch": {
            /** @description Field manager of the change. */
            manager?: string;
            /** @description Who did it, when the server knows. */
            user?: string;
            /** @description When. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Paths of the fields that differ, the first ten. */
            fields?: string[];
        };
        "dev.gantry.gitops.v1alpha1.PendingPrune": {
            /** @description Commit that would delete them. */
            commit: string;
            /**
             * Format: int32
             * @description How many objects it would delete.
             */
            count: number;
            /**
             * Format: int32
             * @description How many the Application holds.
             */
            of: number;
            /** @description The first fifty, as group/Kind/namespace/name. */
            objects?: string[];
            /** @description Value of the annotation gitops.gantry.dev/approve-prune that lets it go on. */
            approval?: string;
            /** @description It was approved, and the sync failed as often as it may. */
            tried?: boolean;
        };
        /** @description What a commit would change, by a dry run of its whole set. Stored as long as it is of use. */
        "dev.gantry.gitops.v1alpha1.Plan": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            spec?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanSpec"];
            status?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanStatus"];
        };
        "dev.gantry.gitops.v1alpha1.PlanChange": {
            /** @description Group and version of the object. */
            apiVersion: string;
            /** @description Kind of the object. */
            kind: string;
            /** @description Namespace of the object; empty for cluster-wide kinds. */
            namespace?: string;
            /** @description Name of the object. */
            name: string;
            /**
             * @description What a sync would do.
             * @enum {string}
             */
            operation?: "create" | "update" | "prune";
            /** @description file:line in the repository. */
            source?: string;
            /** @description The fields that would change, at most 500. */
            fields?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanField"][];
            /**
             * Format: int32
             * @description Fields that are not listed, since the object would be too large.
             */
            fieldsOmitted?: number;
            /** @description What to know of it: nothing reconciles this kind here, … */
            note?: string;
        };
        "dev.gantry.gitops.v1alpha1.PlanField": {
            /** @description Path of the field, such as spec.ports[0].port. */
            path: string;
            /** @description Its live value; absent when there is none. Of Secrets never the value. */
            before?: unknown;
            /** @description What it would be; absent when it would go. */
            after?: unknown;
            /** @description Where the new value comes from: Git, Default (set by the server), Admission, or Manager:NAME (another field manager). */
            origin?: string;
            /** @description file:line in the repository, when it comes from Git. */
            source?: string;
            /** @description The field manager that had set the live value, when it is another one. */
            replaces?: string;
        };
        "dev.gantry.gitops.v1alpha1.PlanProblem": {
            /** @description File in the repository. */
            file?: string;
            /**
             * Format: int32
             * @description Line in it, from 1.
             */
            line?: number;
            /** @description Kind/name. */
            object?: string;
            /** @description Path of the culprit. */
            field?: string;
            /** @description What is wrong. */
            reason: string;
        };
        "dev.gantry.gitops.v1alpha1.PlanSpec": {
            /** @description Name of an Application in the same namespace. */
            application: string;
            /** @description Branch, tag or commit to plan. Default: what the Application follows. */
            revision?: string;
            /** @description Who asked; set by the server. Live values of objects that they may not read are not shown. Only who may impersonate a user may name them. */
            user?: string;
            /** @description Groups of that user, as they were then. */
            groups?: string[];
        };
        "dev.gantry.gitops.v1alpha1.PlanStatus": {
            /**
             * Format: int64
             * @description Generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * @description Ready: a sync would work. Refused: the server would refuse it. Failed: there is no plan.
             * @enum {string}
             */
            phase?: "Pending" | "Ready" | "Refused" | "Failed";
            /** @description Why, in words. */
            message?: string;
            /** @description The commit that was planned. */
            commit?: string;
            /** @description The commit that was applied then. */
            baseCommit?: string;
            /** @description Whose rights it was planned with. */
            user?: string;
            /** @description When it was made. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * Format: int64
             * @description Version of the store that it compares with.
             */
            revision?: number;
            /**
             * Format: int32
             * @description Objects that would be created.
             */
            created?: number;
            /**
             * Format: int32
             * @description Objects that would be changed.
             */
            changed?: number;
            /**
             * Format: int32
             * @description Objects that would be deleted.
             */
            pruned?: number;
            /**
             * Format: int32
             * @description Objects that are as they should be.
             */
            unchanged?: number;
            /** @description What would change, at most 2,000 objects. */
            changes?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanChange"][];
            /**
             * Format: int32
             * @description Changes that are not listed, since the object would be too large.
             */
            omitted?: number;
            /** @description What the server would refuse. */
            problems?: components["schemas"]["dev.gantry.gitops.v1alpha1.PlanProblem"][];
        };
        "dev.gantry.gitops.v1alpha1.ProtectedBranch": {
            /** @description Name of a branch; * stands for any characters but a slash. */
            pattern: string;
            /** @description Who may push to it. Nobody when neither users nor groups are named. */
            users?: string[];
            /** @description Groups whose members may push to it. */
            groups?: string[];
            /** @description They may also rewrite or delete it. */
            allowForce?: boolean;
        };
        "dev.gantry.gitops.v1alpha1.PruneBudget": {
            /**
             * Format: int32
             * @description A commit that would delete more objects than this waits for an approval.
             * @default 20
             */
            count?: number;
            /**
             * Format: int32
             * @description So does one that would delete more than this share of the objects, when these are more than five.
             * @default 50
             */
            percent?: number;
        };
        "dev.gantry.gitops.v1alpha1.Quarantine": {
            /** @description Commit that is not applied again until another one comes. */
            commit: string;
            /** @description Commit that is applied instead. */
            rolledBackTo?: string;
            /** @description Who rolled back. */
            user?: string;
            /** @description Why, in words. */
            reason?: string;
            /** @description Since when. */
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description A Git repository that Applications are made from: hosted by Gantry, or followed elsewhere. */
        "dev.gantry.gitops.v1alpha1.Repository": {
            /** @description Group and version of the object. */
            apiVersion?: string;
            /** @description Kind of the object. */
            kind?: string;
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            spec?: components["schemas"]["dev.gantry.gitops.v1alpha1.RepositorySpec"];
            status?: components["schemas"]["dev.gantry.gitops.v1alpha1.RepositoryStatus"];
        };
        "dev.gantry.gitops.v1alpha1.RepositorySpec": {
            /** @description https://, http://, ssh:// or user@host:path of a Git repository. Empty for one that Gantry itself hosts. */
            url?: string;
            /** @description Gantry hosts this repository at /git/NAME.git. */
            hosted?: boolean;
            /**
             * @description How often the source is polled, as a duration such as 30s or 5m.
             * @default 1m
             */
            interval?: string;
            /** @description Credentials: keys username and password, or token; for SSH identity (a private key) and known_hosts; ca.crt for an authority of its own. */
            secretRef?: components["schemas"]["dev.gantry.gitops.v1alpha1.SecretNameReference"];
            /** @description Of a hosted repository: branches to which not everybody may push. */
            protectedBranches?: components["schemas"]["dev.gantry.gitops.v1alpha1.ProtectedBranch"][];
            /** @description When set, only commits with a valid signature of a trusted key are applied. */
            verify?: components["schemas"]["dev.gantry.gitops.v1alpha1.CommitVerification"];
            /** @description Lets the source tell of new commits, at the address in status.webhookPath. */
            webhook?: components["schemas"]["dev.gantry.gitops.v1alpha1.RepositoryWebhook"];
        };
        "dev.gantry.gitops.v1alpha1.RepositoryStatus": {
            /**
             * Format: int64
             * @description Generation that this status is about.
             */
            observedGeneration?: number;
            /** @description Commit of each branch, as last seen. */
            branches?: {
                [key: string]: string;
            };
            /** @description Commit of each tag, as last seen. */
            tags?: {
                [key: string]: string;
            };
            /** @description When something new was last seen in the source, or the reason why it can not be read. */
            lastFetchTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Where webhooks are taken, below the address of the console. */
            webhookPath?: string;
            /** @description What is going on, one a type. */
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
        };
        "dev.gantry.gitops.v1alpha1.RepositoryWebhook": {
            /** @description Key secret: what GitHub, GitLab or Gitea prove themselves with. */
            secretRef: components["schemas"]["dev.gantry.gitops.v1alpha1.SecretNameReference"];
        };
        "dev.gantry.gitops.v1alpha1.RetryPolicy": {
            /**
             * Format: int32
             * @description How often a sync that failed is tried again. Default: without end.
             */
            limit?: number;
            /**
             * @description Wait before the first retry; each further one waits twice as long.
             * @default 5s
             */
            first?: string;
            /**
             * @description The longest wait.
             * @default 5m
             */
            max?: string;
        };
        "dev.gantry.gitops.v1alpha1.SecretNameReference": {
            /** @description Name of a Secret in the same namespace. */
            name: string;
        };
        "dev.gantry.gitops.v1alpha1.SyncOperation": {
            /** @description What is being applied. */
            commit: string;
            /**
             * @description Which hooks run, or whether the objects are applied.
             * @enum {string}
             */
            phase?: "PreSync" | "Sync" | "PostSync" | "SyncFail";
            /**
             * Format: int32
             * @description Wave that is being applied or waited for.
             */
            wave?: number;
            /**
             * Format: int32
             * @description How many there are.
             */
            waves?: number;
            /** @description What it waits for, in words. */
            message?: string;
            /** @description When the sync began. */
            startTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description When the phase or wave began. */
            phaseTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * Format: int32
             * @description How often this commit was tried before.
             */
            retries?: number;
            /**
             * Format: int32
             * @description Objects created so far.
             */
            created?: number;
            /**
             * Format: int32
             * @description Objects changed so far.
             */
            changed?: number;
            /**
             * Format: int32
             * @description Objects deleted so far.
             */
            pruned?: number;
            /**
             * Format: int32
             * @description Which of all steps it is at, from 0: each wave of each phase is one.
             */
            step?: number;
            /** @description The step is applied and is waited for. */
            applied?: boolean;
            /**
             * Format: int32
             * @description Transactions stored so far.
             */
            transactions?: number;
            /**
             * Format: int64
             * @description Generation of the Application that it is made from.
             */
            generation?: number;
            /** @description The request that it answers, as the annotation says. */
            request?: string;
            /** @description What the request names, when it does not ask for everything. */
            only?: string[];
            /**
             * Format: int32
             * @description Hooks of the step that were made, while they run.
             */
            hooks?: number;
            /** @description Why it failed, while its SyncFail hooks run or until it is tried again. */
            failure?: string;
            /** @description When it is tried again. */
            retryTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        "io.k8s.api.admissionregistration.v1.ApplyConfiguration": {
            expression?: string;
        };
        "io.k8s.api.admissionregistration.v1.AuditAnnotation": {
            /** @default  */
            key: string;
            /** @default  */
            valueExpression: string;
        };
        "io.k8s.api.admissionregistration.v1.ExpressionWarning": {
            /** @default  */
            fieldRef: string;
            /** @default  */
            warning: string;
        };
        "io.k8s.api.admissionregistration.v1.JSONPatch": {
            expression?: string;
        };
        "io.k8s.api.admissionregistration.v1.MatchCondition": {
            /** @default  */
            expression: string;
            /** @default  */
            name: string;
        };
        "io.k8s.api.admissionregistration.v1.MatchResources": {
            excludeResourceRules?: components["schemas"]["io.k8s.api.admissionregistration.v1.NamedRuleWithOperations"][];
            matchPolicy?: string;
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            objectSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            resourceRules?: components["schemas"]["io.k8s.api.admissionregistration.v1.NamedRuleWithOperations"][];
        };
        /** @description Expressions that change objects before they are stored. */
        "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec"];
        };
        /** @description Puts a mutating policy into force, with its parameters. */
        "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec"];
        };
        "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec": {
            matchResources?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchResources"];
            paramRef?: components["schemas"]["io.k8s.api.admissionregistration.v1.ParamRef"];
            policyName?: string;
        };
        "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec": {
            failurePolicy?: string;
            matchConditions?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchCondition"][];
            matchConstraints?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchResources"];
            mutations?: components["schemas"]["io.k8s.api.admissionregistration.v1.Mutation"][];
            paramKind?: components["schemas"]["io.k8s.api.admissionregistration.v1.ParamKind"];
            reinvocationPolicy?: string;
            variables?: components["schemas"]["io.k8s.api.admissionregistration.v1.Variable"][];
        };
        "io.k8s.api.admissionregistration.v1.MutatingWebhook": {
            admissionReviewVersions: string[];
            /** @default {} */
            clientConfig: components["schemas"]["io.k8s.api.admissionregistration.v1.WebhookClientConfig"];
            failurePolicy?: string;
            matchConditions?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchCondition"][];
            matchPolicy?: string;
            /** @default  */
            name: string;
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            objectSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            reinvocationPolicy?: string;
            rules?: components["schemas"]["io.k8s.api.admissionregistration.v1.RuleWithOperations"][];
            sideEffects: string;
            /** Format: int32 */
            timeoutSeconds?: number;
        };
        /** @description Webhooks that change objects before they are stored. */
        "io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            webhooks?: components["schemas"]["io.k8s.api.admissionregistration.v1.MutatingWebhook"][];
        };
        "io.k8s.api.admissionregistration.v1.Mutation": {
            applyConfiguration?: components["schemas"]["io.k8s.api.admissionregistration.v1.ApplyConfiguration"];
            jsonPatch?: components["schemas"]["io.k8s.api.admissionregistration.v1.JSONPatch"];
            /** @default  */
            patchType: string;
        };
        "io.k8s.api.admissionregistration.v1.NamedRuleWithOperations": {
            apiGroups?: string[];
            apiVersions?: string[];
            operations?: string[];
            resourceNames?: string[];
            resources?: string[];
            scope?: string;
        };
        "io.k8s.api.admissionregistration.v1.ParamKind": {
            apiVersion?: string;
            kind?: string;
        };
        "io.k8s.api.admissionregistration.v1.ParamRef": {
            name?: string;
            namespace?: string;
            parameterNotFoundAction?: string;
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
        };
        "io.k8s.api.admissionregistration.v1.RuleWithOperations": {
            apiGroups?: string[];
            apiVersions?: string[];
            operations?: string[];
            resources?: string[];
            scope?: string;
        };
        "io.k8s.api.admissionregistration.v1.ServiceReference": {
            /** @default  */
            name: string;
            /** @default  */
            namespace: string;
            path?: string;
            /** Format: int32 */
            port?: number;
        };
        "io.k8s.api.admissionregistration.v1.TypeChecking": {
            expressionWarnings?: components["schemas"]["io.k8s.api.admissionregistration.v1.ExpressionWarning"][];
        };
        /** @description Expressions that accept or refuse objects. */
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus"];
        };
        /** @description Puts a validating policy into force, with its parameters. */
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec"];
        };
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec": {
            matchResources?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchResources"];
            paramRef?: components["schemas"]["io.k8s.api.admissionregistration.v1.ParamRef"];
            policyName: string;
            validationActions: string[];
        };
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec": {
            auditAnnotations?: components["schemas"]["io.k8s.api.admissionregistration.v1.AuditAnnotation"][];
            failurePolicy?: string;
            matchConditions?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchCondition"][];
            matchConstraints?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchResources"];
            paramKind?: components["schemas"]["io.k8s.api.admissionregistration.v1.ParamKind"];
            validations?: components["schemas"]["io.k8s.api.admissionregistration.v1.Validation"][];
            variables?: components["schemas"]["io.k8s.api.admissionregistration.v1.Variable"][];
        };
        "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus": {
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
            /** Format: int64 */
            observedGeneration?: number;
            typeChecking?: components["schemas"]["io.k8s.api.admissionregistration.v1.TypeChecking"];
        };
        "io.k8s.api.admissionregistration.v1.ValidatingWebhook": {
            admissionReviewVersions: string[];
            /** @default {} */
            clientConfig: components["schemas"]["io.k8s.api.admissionregistration.v1.WebhookClientConfig"];
            failurePolicy?: string;
            matchConditions?: components["schemas"]["io.k8s.api.admissionregistration.v1.MatchCondition"][];
            matchPolicy?: string;
            /** @default  */
            name: string;
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            objectSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            rules?: components["schemas"]["io.k8s.api.admissionregistration.v1.RuleWithOperations"][];
            sideEffects: string;
            /** Format: int32 */
            timeoutSeconds?: number;
        };
        /** @description Webhooks that accept or refuse objects. */
        "io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            webhooks?: components["schemas"]["io.k8s.api.admissionregistration.v1.ValidatingWebhook"][];
        };
        "io.k8s.api.admissionregistration.v1.Validation": {
            /** @default  */
            expression: string;
            message?: string;
            messageExpression?: string;
            reason?: string;
        };
        "io.k8s.api.admissionregistration.v1.Variable": {
            /** @default  */
            expression: string;
            /** @default  */
            name: string;
        };
        "io.k8s.api.admissionregistration.v1.WebhookClientConfig": {
            /** Format: byte */
            caBundle?: string;
            service?: components["schemas"]["io.k8s.api.admissionregistration.v1.ServiceReference"];
            url?: string;
        };
        /** @description One state of a StatefulSet or DaemonSet in its history. */
        "io.k8s.api.apps.v1.ControllerRevision": {
            apiVersion?: string;
            data?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /**
             * Format: int64
             * @default 0
             */
            revision: number;
        };
        /** @description Runs one pod on each node that fits. */
        "io.k8s.api.apps.v1.DaemonSet": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.apps.v1.DaemonSetSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.apps.v1.DaemonSetStatus"];
        };
        "io.k8s.api.apps.v1.DaemonSetCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.apps.v1.DaemonSetSpec": {
            /**
             * Format: int32
             * @description Seconds that a pod must be ready before it counts as available.
             */
            minReadySeconds?: number;
            /**
             * Format: int32
             * @description Old revisions kept.
             */
            revisionHistoryLimit?: number;
            /** @description Labels of the pods; can not change. */
            selector: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /**
             * @description What the pods look like.
             * @default {}
             */
            template: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
            /**
             * @description How pods are replaced.
             * @default {}
             */
            updateStrategy?: components["schemas"]["io.k8s.api.apps.v1.DaemonSetUpdateStrategy"];
        };
        "io.k8s.api.apps.v1.DaemonSetStatus": {
            /** Format: int32 */
            collisionCount?: number;
            conditions?: components["schemas"]["io.k8s.api.apps.v1.DaemonSetCondition"][];
            /**
             * Format: int32
             * @default 0
             */
            currentNumberScheduled: number;
            /**
             * Format: int32
             * @default 0
             */
            desiredNumberScheduled: number;
            /** Format: int32 */
            numberAvailable?: number;
            /**
             * Format: int32
             * @default 0
             */
            numberMisscheduled: number;
            /**
             * Format: int32
             * @default 0
             */
            numberReady: number;
            /** Format: int32 */
            numberUnavailable?: number;
            /** Format: int64 */
            observedGeneration?: number;
            /** Format: int32 */
            updatedNumberScheduled?: number;
        };
        "io.k8s.api.apps.v1.DaemonSetUpdateStrategy": {
            rollingUpdate?: components["schemas"]["io.k8s.api.apps.v1.RollingUpdateDaemonSet"];
            type?: string;
        };
        /** @description Keeps a number of pods running and rolls out changes of their template. */
        "io.k8s.api.apps.v1.Deployment": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.apps.v1.DeploymentSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.apps.v1.DeploymentStatus"];
        };
        "io.k8s.api.apps.v1.DeploymentCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            lastUpdateTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        /** @description What a Deployment should bring about. */
        "io.k8s.api.apps.v1.DeploymentSpec": {
            /**
             * Format: int32
             * @description Seconds that a pod must be ready before it counts as available.
             */
            minReadySeconds?: number;
            /** @description Changes of the template are not rolled out. */
            paused?: boolean;
            /**
             * Format: int32
             * @description Seconds without progress after which a rollout has failed.
             */
            progressDeadlineSeconds?: number;
            /**
             * Format: int32
             * @description Wanted number of pods.
             */
            replicas?: number;
            /**
             * Format: int32
             * @description Old ReplicaSets kept for rolling back.
             */
            revisionHistoryLimit?: number;
            /** @description Labels of the pods; can not change. */
            selector: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /**
             * @description How old pods are replaced.
             * @default {}
             */
            strategy?: components["schemas"]["io.k8s.api.apps.v1.DeploymentStrategy"];
            /**
             * @description What the pods look like.
             * @default {}
             */
            template: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
        };
        /** @description What was last seen of a Deployment. */
        "io.k8s.api.apps.v1.DeploymentStatus": {
            /**
             * Format: int32
             * @description Pods that are available.
             */
            availableReplicas?: number;
            /** Format: int32 */
            collisionCount?: number;
            /** @description What is going on. */
            conditions?: components["schemas"]["io.k8s.api.apps.v1.DeploymentCondition"][];
            /**
             * Format: int64
             * @description Generation that this status is about.
             */
            observedGeneration?: number;
            /**
             * Format: int32
             * @description Pods that are ready.
             */
            readyReplicas?: number;
            /**
             * Format: int32
             * @description Pods that exist.
             */
            replicas?: number;
            /** Format: int32 */
            terminatingReplicas?: number;
            /**
             * Format: int32
             * @description Pods that are missing.
             */
            unavailableReplicas?: number;
            /**
             * Format: int32
             * @description Pods of the current template.
             */
            updatedReplicas?: number;
        };
        "io.k8s.api.apps.v1.DeploymentStrategy": {
            /** @description Settings of a rolling update. */
            rollingUpdate?: components["schemas"]["io.k8s.api.apps.v1.RollingUpdateDeployment"];
            /** @description RollingUpdate or Recreate. */
            type?: string;
        };
        /** @description Keeps a number of equal pods running. */
        "io.k8s.api.apps.v1.ReplicaSet": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.apps.v1.ReplicaSetSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.apps.v1.ReplicaSetStatus"];
        };
        "io.k8s.api.apps.v1.ReplicaSetCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.apps.v1.ReplicaSetSpec": {
            /**
             * Format: int32
             * @description Seconds that a pod must be ready before it counts as available.
             */
            minReadySeconds?: number;
            /**
             * Format: int32
             * @description Wanted number of pods.
             */
            replicas?: number;
            /** @description Labels of the pods; can not change. */
            selector: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /**
             * @description What the pods look like.
             * @default {}
             */
            template?: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
        };
        "io.k8s.api.apps.v1.ReplicaSetStatus": {
            /** Format: int32 */
            availableReplicas?: number;
            conditions?: components["schemas"]["io.k8s.api.apps.v1.ReplicaSetCondition"][];
            /** Format: int32 */
            fullyLabeledReplicas?: number;
            /** Format: int64 */
            observedGeneration?: number;
            /** Format: int32 */
            readyReplicas?: number;
            /**
             * Format: int32
             * @default 0
             */
            replicas: number;
            /** Format: int32 */
            terminatingReplicas?: number;
        };
        "io.k8s.api.apps.v1.RollingUpdateDaemonSet": {
            maxSurge?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            maxUnavailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
        };
        "io.k8s.api.apps.v1.RollingUpdateDeployment": {
            /** @description Pods above replicas during an update: a number or a percentage. */
            maxSurge?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** @description Pods that may be missing during an update: a number or a percentage. */
            maxUnavailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
        };
        "io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy": {
            maxUnavailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** Format: int32 */
            partition?: number;
        };
        /** @description Runs pods with stable names and storage of their own. */
        "io.k8s.api.apps.v1.StatefulSet": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetStatus"];
        };
        "io.k8s.api.apps.v1.StatefulSetCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.apps.v1.StatefulSetOrdinals": {
            /**
             * Format: int32
             * @default 0
             */
            start?: number;
        };
        "io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy": {
            whenDeleted?: string;
            whenScaled?: string;
        };
        "io.k8s.api.apps.v1.StatefulSetSpec": {
            /**
             * Format: int32
             * @description Seconds that a pod must be ready before it counts as available.
             */
            minReadySeconds?: number;
            /** @description Number of the first pod. */
            ordinals?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetOrdinals"];
            /** @description What happens to claims when pods go. */
            persistentVolumeClaimRetentionPolicy?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy"];
            /** @description OrderedReady or Parallel. */
            podManagementPolicy?: string;
            /**
             * Format: int32
             * @description Wanted number of pods.
             */
            replicas?: number;
            /**
             * Format: int32
             * @description Old revisions kept.
             */
            revisionHistoryLimit?: number;
            /** @description Labels of the pods; can not change. */
            selector: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /**
             * @description Headless Service that names the pods.
             * @default
             */
            serviceName?: string;
            /**
             * @description What the pods look like.
             * @default {}
             */
            template: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
            /**
             * @description How pods are replaced.
             * @default {}
             */
            updateStrategy?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetUpdateStrategy"];
            /** @description Claims that each pod gets. */
            volumeClaimTemplates?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaim"][];
        };
        "io.k8s.api.apps.v1.StatefulSetStatus": {
            /**
             * Format: int32
             * @default 0
             */
            availableReplicas?: number;
            /** Format: int32 */
            collisionCount?: number;
            conditions?: components["schemas"]["io.k8s.api.apps.v1.StatefulSetCondition"][];
            /** Format: int32 */
            currentReplicas?: number;
            currentRevision?: string;
            /** Format: int64 */
            observedGeneration?: number;
            /** Format: int32 */
            readyReplicas?: number;
            /**
             * Format: int32
             * @default 0
             */
            replicas: number;
            updateRevision?: string;
            /** Format: int32 */
            updatedReplicas?: number;
        };
        "io.k8s.api.apps.v1.StatefulSetUpdateStrategy": {
            rollingUpdate?: components["schemas"]["io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy"];
            type?: string;
        };
        "io.k8s.api.authentication.v1.BoundObjectReference": {
            apiVersion?: string;
            kind?: string;
            name?: string;
            uid?: string;
        };
        /** @description Asks who the caller is. */
        "io.k8s.api.authentication.v1.SelfSubjectReview": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.authentication.v1.SelfSubjectReviewStatus"];
        };
        "io.k8s.api.authentication.v1.SelfSubjectReviewStatus": {
            /** @default {} */
            userInfo?: components["schemas"]["io.k8s.api.authentication.v1.UserInfo"];
        };
        "io.k8s.api.authentication.v1.TokenRequest": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.authentication.v1.TokenRequestSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.authentication.v1.TokenRequestStatus"];
        };
        "io.k8s.api.authentication.v1.TokenRequestSpec": {
            audiences?: string[];
            boundObjectRef?: components["schemas"]["io.k8s.api.authentication.v1.BoundObjectReference"];
            /** Format: int64 */
            expirationSeconds?: number;
        };
        "io.k8s.api.authentication.v1.TokenRequestStatus": {
            expirationTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @default  */
            token?: string;
        };
        /** @description Asks whose token this is. */
        "io.k8s.api.authentication.v1.TokenReview": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.authentication.v1.TokenReviewSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.authentication.v1.TokenReviewStatus"];
        };
        "io.k8s.api.authentication.v1.TokenReviewSpec": {
            audiences?: string[];
            token: string;
        };
        "io.k8s.api.authentication.v1.TokenReviewStatus": {
            audiences?: string[];
            authenticated?: boolean;
            error?: string;
            /** @default {} */
            user?: components["schemas"]["io.k8s.api.authentication.v1.UserInfo"];
        };
        "io.k8s.api.authentication.v1.UserInfo": {
            extra?: {
                [key: string]: string[];
            };
            groups?: string[];
            uid?: string;
            username?: string;
        };
        "io.k8s.api.authorization.v1.FieldSelectorAttributes": {
            rawSelector?: string;
            requirements?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement"][];
        };
        "io.k8s.api.authorization.v1.LabelSelectorAttributes": {
            rawSelector?: string;
            requirements?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement"][];
        };
        /** @description Asks whether a user may do something in one namespace. */
        "io.k8s.api.authorization.v1.LocalSubjectAccessReview": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewStatus"];
        };
        "io.k8s.api.authorization.v1.NonResourceAttributes": {
            path?: string;
            verb?: string;
        };
        "io.k8s.api.authorization.v1.NonResourceRule": {
            nonResourceURLs?: string[];
            verbs: string[];
        };
        "io.k8s.api.authorization.v1.ResourceAttributes": {
            fieldSelector?: components["schemas"]["io.k8s.api.authorization.v1.FieldSelectorAttributes"];
            group?: string;
            labelSelector?: components["schemas"]["io.k8s.api.authorization.v1.LabelSelectorAttributes"];
            name?: string;
            namespace?: string;
            resource?: string;
            subresource?: string;
            verb?: string;
            version?: string;
        };
        "io.k8s.api.authorization.v1.ResourceRule": {
            apiGroups?: string[];
            resourceNames?: string[];
            resources?: string[];
            verbs: string[];
        };
        /** @description Asks whether the caller may do something. */
        "io.k8s.api.authorization.v1.SelfSubjectAccessReview": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewStatus"];
        };
        "io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec": {
            nonResourceAttributes?: components["schemas"]["io.k8s.api.authorization.v1.NonResourceAttributes"];
            resourceAttributes?: components["schemas"]["io.k8s.api.authorization.v1.ResourceAttributes"];
        };
        /** @description Asks what the caller may do in a namespace. */
        "io.k8s.api.authorization.v1.SelfSubjectRulesReview": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.authorization.v1.SubjectRulesReviewStatus"];
        };
        "io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec": {
            namespace?: string;
        };
        /** @description Asks whether a user may do something. */
        "io.k8s.api.authorization.v1.SubjectAccessReview": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.authorization.v1.SubjectAccessReviewStatus"];
        };
        "io.k8s.api.authorization.v1.SubjectAccessReviewSpec": {
            extra?: {
                [key: string]: string[];
            };
            groups?: string[];
            nonResourceAttributes?: components["schemas"]["io.k8s.api.authorization.v1.NonResourceAttributes"];
            resourceAttributes?: components["schemas"]["io.k8s.api.authorization.v1.ResourceAttributes"];
            uid?: string;
            user?: string;
        };
        "io.k8s.api.authorization.v1.SubjectAccessReviewStatus": {
            /** @default false */
            allowed: boolean;
            denied?: boolean;
            evaluationError?: string;
            reason?: string;
        };
        "io.k8s.api.authorization.v1.SubjectRulesReviewStatus": {
            evaluationError?: string;
            /** @default false */
            incomplete: boolean;
            nonResourceRules: components["schemas"]["io.k8s.api.authorization.v1.NonResourceRule"][];
            resourceRules: components["schemas"]["io.k8s.api.authorization.v1.ResourceRule"][];
        };
        "io.k8s.api.autoscaling.v1.CrossVersionObjectReference": {
            apiVersion?: string;
            /** @default  */
            kind: string;
            /** @default  */
            name: string;
        };
        /** @description Sets the number of replicas of a workload by CPU use. */
        "io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus"];
        };
        "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec": {
            /**
             * Format: int32
             * @default 0
             */
            maxReplicas: number;
            /** Format: int32 */
            minReplicas?: number;
            /** @default {} */
            scaleTargetRef: components["schemas"]["io.k8s.api.autoscaling.v1.CrossVersionObjectReference"];
            /** Format: int32 */
            targetCPUUtilizationPercentage?: number;
        };
        "io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus": {
            /** Format: int32 */
            currentCPUUtilizationPercentage?: number;
            /**
             * Format: int32
             * @default 0
             */
            currentReplicas: number;
            /**
             * Format: int32
             * @default 0
             */
            desiredReplicas: number;
            lastScaleTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** Format: int64 */
            observedGeneration?: number;
        };
        "io.k8s.api.autoscaling.v1.Scale": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.autoscaling.v1.ScaleSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.autoscaling.v1.ScaleStatus"];
        };
        "io.k8s.api.autoscaling.v1.ScaleSpec": {
            /**
             * Format: int32
             * @default 0
             */
            replicas?: number;
        };
        "io.k8s.api.autoscaling.v1.ScaleStatus": {
            /**
             * Format: int32
             * @default 0
             */
            replicas: number;
            selector?: string;
        };
        "io.k8s.api.autoscaling.v2.ContainerResourceMetricSource": {
            /** @default  */
            container: string;
            /** @default  */
            name: string;
            /** @default {} */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        "io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus": {
            /** @default  */
            container: string;
            /** @default {} */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /** @default  */
            name: string;
        };
        "io.k8s.api.autoscaling.v2.CrossVersionObjectReference": {
            apiVersion?: string;
            /** @default  */
            kind: string;
            /** @default  */
            name: string;
        };
        "io.k8s.api.autoscaling.v2.ExternalMetricSource": {
            /** @default {} */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
            /** @default {} */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        "io.k8s.api.autoscaling.v2.ExternalMetricStatus": {
            /** @default {} */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /** @default {} */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
        };
        "io.k8s.api.autoscaling.v2.HPAScalingPolicy": {
            /**
             * Format: int32
             * @default 0
             */
            periodSeconds: number;
            /** @default  */
            type: string;
            /**
             * Format: int32
             * @default 0
             */
            value: number;
        };
        "io.k8s.api.autoscaling.v2.HPAScalingRules": {
            policies?: components["schemas"]["io.k8s.api.autoscaling.v2.HPAScalingPolicy"][];
            selectPolicy?: string;
            /** Format: int32 */
            stabilizationWindowSeconds?: number;
            tolerance?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        /** @description Sets the number of replicas of a workload by metrics. */
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus"];
        };
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior": {
            scaleDown?: components["schemas"]["io.k8s.api.autoscaling.v2.HPAScalingRules"];
            scaleUp?: components["schemas"]["io.k8s.api.autoscaling.v2.HPAScalingRules"];
        };
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec": {
            behavior?: components["schemas"]["io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior"];
            /**
             * Format: int32
             * @default 0
             */
            maxReplicas: number;
            metrics?: components["schemas"]["io.k8s.api.autoscaling.v2.MetricSpec"][];
            /** Format: int32 */
            minReplicas?: number;
            /** @default {} */
            scaleTargetRef: components["schemas"]["io.k8s.api.autoscaling.v2.CrossVersionObjectReference"];
        };
        "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus": {
            conditions?: components["schemas"]["io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition"][];
            currentMetrics?: components["schemas"]["io.k8s.api.autoscaling.v2.MetricStatus"][];
            /** Format: int32 */
            currentReplicas?: number;
            /**
             * Format: int32
             * @default 0
             */
            desiredReplicas: number;
            lastScaleTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** Format: int64 */
            observedGeneration?: number;
        };
        "io.k8s.api.autoscaling.v2.MetricIdentifier": {
            /** @default  */
            name: string;
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
        };
        "io.k8s.api.autoscaling.v2.MetricSpec": {
            containerResource?: components["schemas"]["io.k8s.api.autoscaling.v2.ContainerResourceMetricSource"];
            external?: components["schemas"]["io.k8s.api.autoscaling.v2.ExternalMetricSource"];
            object?: components["schemas"]["io.k8s.api.autoscaling.v2.ObjectMetricSource"];
            pods?: components["schemas"]["io.k8s.api.autoscaling.v2.PodsMetricSource"];
            resource?: components["schemas"]["io.k8s.api.autoscaling.v2.ResourceMetricSource"];
            /** @default  */
            type: string;
        };
        "io.k8s.api.autoscaling.v2.MetricStatus": {
            containerResource?: components["schemas"]["io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus"];
            external?: components["schemas"]["io.k8s.api.autoscaling.v2.ExternalMetricStatus"];
            object?: components["schemas"]["io.k8s.api.autoscaling.v2.ObjectMetricStatus"];
            pods?: components["schemas"]["io.k8s.api.autoscaling.v2.PodsMetricStatus"];
            resource?: components["schemas"]["io.k8s.api.autoscaling.v2.ResourceMetricStatus"];
            /** @default  */
            type: string;
        };
        "io.k8s.api.autoscaling.v2.MetricTarget": {
            /** Format: int32 */
            averageUtilization?: number;
            averageValue?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /** @default  */
            type: string;
            value?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        "io.k8s.api.autoscaling.v2.MetricValueStatus": {
            /** Format: int32 */
            averageUtilization?: number;
            averageValue?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            value?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        "io.k8s.api.autoscaling.v2.ObjectMetricSource": {
            /** @default {} */
            describedObject: components["schemas"]["io.k8s.api.autoscaling.v2.CrossVersionObjectReference"];
            /** @default {} */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
            /** @default {} */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        "io.k8s.api.autoscaling.v2.ObjectMetricStatus": {
            /** @default {} */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /** @default {} */
            describedObject: components["schemas"]["io.k8s.api.autoscaling.v2.CrossVersionObjectReference"];
            /** @default {} */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
        };
        "io.k8s.api.autoscaling.v2.PodsMetricSource": {
            /** @default {} */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
            /** @default {} */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        "io.k8s.api.autoscaling.v2.PodsMetricStatus": {
            /** @default {} */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /** @default {} */
            metric: components["schemas"]["io.k8s.api.autoscaling.v2.MetricIdentifier"];
        };
        "io.k8s.api.autoscaling.v2.ResourceMetricSource": {
            /** @default  */
            name: string;
            /** @default {} */
            target: components["schemas"]["io.k8s.api.autoscaling.v2.MetricTarget"];
        };
        "io.k8s.api.autoscaling.v2.ResourceMetricStatus": {
            /** @default {} */
            current: components["schemas"]["io.k8s.api.autoscaling.v2.MetricValueStatus"];
            /** @default  */
            name: string;
        };
        /** @description Makes Jobs on a schedule. */
        "io.k8s.api.batch.v1.CronJob": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.batch.v1.CronJobSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.batch.v1.CronJobStatus"];
        };
        "io.k8s.api.batch.v1.CronJobSpec": {
            /** @description Allow, Forbid or Replace Jobs that overlap. */
            concurrencyPolicy?: string;
            /**
             * Format: int32
             * @description Failed Jobs kept.
             */
            failedJobsHistoryLimit?: number;
            /**
             * @description What the Jobs look like.
             * @default {}
             */
            jobTemplate: components["schemas"]["io.k8s.api.batch.v1.JobTemplateSpec"];
            /**
             * @description Cron syntax: minute, hour, day, month, weekday.
             * @default
             */
            schedule: string;
            /**
             * Format: int64
             * @description How late a Job may start.
             */
            startingDeadlineSeconds?: number;
            /**
             * Format: int32
             * @description Successful Jobs kept.
             */
            successfulJobsHistoryLimit?: number;
            /** @description Start no Jobs for now. */
            suspend?: boolean;
            /** @description Time zone of the schedule. */
            timeZone?: string;
        };
        "io.k8s.api.batch.v1.CronJobStatus": {
            active?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"][];
            lastScheduleTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            lastSuccessfulTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description Runs pods until enough of them have succeeded. */
        "io.k8s.api.batch.v1.Job": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.batch.v1.JobSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.batch.v1.JobStatus"];
        };
        "io.k8s.api.batch.v1.JobCondition": {
            lastProbeTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.batch.v1.JobSpec": {
            /**
             * Format: int64
             * @description Longest run in seconds.
             */
            activeDeadlineSeconds?: number;
            /**
             * Format: int32
             * @description Failures before the Job has failed.
             */
            backoffLimit?: number;
            /** Format: int32 */
            backoffLimitPerIndex?: number;
            /** @description NonIndexed or Indexed. */
            completionMode?: string;
            /**
             * Format: int32
             * @description Pods that must succeed.
             */
            completions?: number;
            managedBy?: string;
            /** @description The selector is given, not generated. */
            manualSelector?: boolean;
            /** Format: int32 */
            maxFailedIndexes?: number;
            /**
             * Format: int32
             * @description Pods at a time.
             */
            parallelism?: number;
            podFailurePolicy?: components["schemas"]["io.k8s.api.batch.v1.PodFailurePolicy"];
            podReplacementPolicy?: string;
            /** @description Labels of the pods; generated. */
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            successPolicy?: components["schemas"]["io.k8s.api.batch.v1.SuccessPolicy"];
            /** @description Run no pods for now. */
            suspend?: boolean;
            /**
             * @description What the pods look like.
             * @default {}
             */
            template: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
            /**
             * Format: int32
             * @description Seconds after which a finished Job is deleted.
             */
            ttlSecondsAfterFinished?: number;
        };
        "io.k8s.api.batch.v1.JobStatus": {
            /** Format: int32 */
            active?: number;
            completedIndexes?: string;
            completionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            conditions?: components["schemas"]["io.k8s.api.batch.v1.JobCondition"][];
            /** Format: int32 */
            failed?: number;
            failedIndexes?: string;
            /** Format: int32 */
            ready?: number;
            startTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** Format: int32 */
            succeeded?: number;
            /** Format: int32 */
            terminating?: number;
            uncountedTerminatedPods?: components["schemas"]["io.k8s.api.batch.v1.UncountedTerminatedPods"];
        };
        "io.k8s.api.batch.v1.JobTemplateSpec": {
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.batch.v1.JobSpec"];
        };
        "io.k8s.api.batch.v1.PodFailurePolicy": {
            rules: components["schemas"]["io.k8s.api.batch.v1.PodFailurePolicyRule"][];
        };
        "io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement": {
            containerName?: string;
            /** @default  */
            operator: string;
            values: number[];
        };
        "io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern": {
            /** @default  */
            status?: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.batch.v1.PodFailurePolicyRule": {
            /** @default  */
            action: string;
            onExitCodes?: components["schemas"]["io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement"];
            onPodConditions?: components["schemas"]["io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern"][];
        };
        "io.k8s.api.batch.v1.SuccessPolicy": {
            rules: components["schemas"]["io.k8s.api.batch.v1.SuccessPolicyRule"][];
        };
        "io.k8s.api.batch.v1.SuccessPolicyRule": {
            /** Format: int32 */
            succeededCount?: number;
            succeededIndexes?: string;
        };
        "io.k8s.api.batch.v1.UncountedTerminatedPods": {
            failed?: string[];
            succeeded?: string[];
        };
        /** @description Asks a signer for a certificate. */
        "io.k8s.api.certificates.v1.CertificateSigningRequest": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.certificates.v1.CertificateSigningRequestSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.certificates.v1.CertificateSigningRequestStatus"];
        };
        "io.k8s.api.certificates.v1.CertificateSigningRequestCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            lastUpdateTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.certificates.v1.CertificateSigningRequestSpec": {
            /** Format: int32 */
            expirationSeconds?: number;
            extra?: {
                [key: string]: string[];
            };
            groups?: string[];
            /** Format: byte */
            request: string;
            /** @default  */
            signerName: string;
            uid?: string;
            usages?: string[];
            username?: string;
        };
        "io.k8s.api.certificates.v1.CertificateSigningRequestStatus": {
            /** Format: byte */
            certificate?: string;
            conditions?: components["schemas"]["io.k8s.api.certificates.v1.CertificateSigningRequestCondition"][];
        };
        /** @description A claim with an expiry: heartbeats and leader election. */
        "io.k8s.api.coordination.v1.Lease": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.coordination.v1.LeaseSpec"];
        };
        "io.k8s.api.coordination.v1.LeaseSpec": {
            /** @description When the holder got it. */
            acquireTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            /** @description Who holds it. */
            holderIdentity?: string;
            /**
             * Format: int32
             * @description Seconds after renewTime until others may take it.
             */
            leaseDurationSeconds?: number;
            /**
             * Format: int32
             * @description How often it changed hands.
             */
            leaseTransitions?: number;
            preferredHolder?: string;
            /** @description When it was last renewed. */
            renewTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            strategy?: string;
        };
        "io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource": {
            fsType?: string;
            /** Format: int32 */
            partition?: number;
            readOnly?: boolean;
            /** @default  */
            volumeID: string;
        };
        "io.k8s.api.core.v1.Affinity": {
            nodeAffinity?: components["schemas"]["io.k8s.api.core.v1.NodeAffinity"];
            podAffinity?: components["schemas"]["io.k8s.api.core.v1.PodAffinity"];
            podAntiAffinity?: components["schemas"]["io.k8s.api.core.v1.PodAntiAffinity"];
        };
        "io.k8s.api.core.v1.AppArmorProfile": {
            localhostProfile?: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.core.v1.AttachedVolume": {
            /** @default  */
            devicePath: string;
            /** @default  */
            name: string;
        };
        "io.k8s.api.core.v1.AzureDiskVolumeSource": {
            /** @default ReadWrite */
            cachingMode?: string;
            /** @default  */
            diskName: string;
            /** @default  */
            diskURI: string;
            /** @default ext4 */
            fsType?: string;
            /** @default Shared */
            kind?: string;
            /** @default false */
            readOnly?: boolean;
        };
        "io.k8s.api.core.v1.AzureFilePersistentVolumeSource": {
            readOnly?: boolean;
            /** @default  */
            secretName: string;
            secretNamespace?: string;
            /** @default  */
            shareName: string;
        };
        "io.k8s.api.core.v1.AzureFileVolumeSource": {
            readOnly?: boolean;
            /** @default  */
            secretName: string;
            /** @default  */
            shareName: string;
        };
        /** @description Puts a pod on a node. */
        "io.k8s.api.core.v1.Binding": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            target: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
        };
        "io.k8s.api.core.v1.CSIPersistentVolumeSource": {
            controllerExpandSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            controllerPublishSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @default  */
            driver: string;
            fsType?: string;
            nodeExpandSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            nodePublishSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            nodeStageSecretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            readOnly?: boolean;
            volumeAttributes?: {
                [key: string]: string;
            };
            /** @default  */
            volumeHandle: string;
        };
        "io.k8s.api.core.v1.CSIVolumeSource": {
            /** @default  */
            driver: string;
            fsType?: string;
            nodePublishSecretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            readOnly?: boolean;
            volumeAttributes?: {
                [key: string]: string;
            };
        };
        "io.k8s.api.core.v1.Capabilities": {
            add?: string[];
            drop?: string[];
        };
        "io.k8s.api.core.v1.CephFSPersistentVolumeSource": {
            monitors: string[];
            path?: string;
            readOnly?: boolean;
            secretFile?: string;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            user?: string;
        };
        "io.k8s.api.core.v1.CephFSVolumeSource": {
            monitors: string[];
            path?: string;
            readOnly?: boolean;
            secretFile?: string;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            user?: string;
        };
        "io.k8s.api.core.v1.CinderPersistentVolumeSource": {
            fsType?: string;
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @default  */
            volumeID: string;
        };
        "io.k8s.api.core.v1.CinderVolumeSource": {
            fsType?: string;
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /** @default  */
            volumeID: string;
        };
        "io.k8s.api.core.v1.ClientIPConfig": {
            /** Format: int32 */
            timeoutSeconds?: number;
        };
        "io.k8s.api.core.v1.ClusterTrustBundleProjection": {
            labelSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            name?: string;
            optional?: boolean;
            /** @default  */
            path: string;
            signerName?: string;
        };
        "io.k8s.api.core.v1.ComponentCondition": {
            error?: string;
            message?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        /** @description Health of a part of the control plane. */
        "io.k8s.api.core.v1.ComponentStatus": {
            apiVersion?: string;
            conditions?: components["schemas"]["io.k8s.api.core.v1.ComponentCondition"][];
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
        };
        /** @description Configuration as keys and values, for pods to read. */
        "io.k8s.api.core.v1.ConfigMap": {
            apiVersion?: string;
            /** @description Values that are not text, base64. */
            binaryData?: {
                [key: string]: string;
            };
            /** @description Values that are text. */
            data?: {
                [key: string]: string;
            };
            /** @description When true, the data can never change again. */
            immutable?: boolean;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
        };
        "io.k8s.api.core.v1.ConfigMapEnvSource": {
            /** @default  */
            name?: string;
            optional?: boolean;
        };
        "io.k8s.api.core.v1.ConfigMapKeySelector": {
            /** @default  */
            key: string;
            /** @default  */
            name?: string;
            optional?: boolean;
        };
        "io.k8s.api.core.v1.ConfigMapNodeConfigSource": {
            /** @default  */
            kubeletConfigKey: string;
            /** @default  */
            name: string;
            /** @default  */
            namespace: string;
            resourceVersion?: string;
            uid?: string;
        };
        "io.k8s.api.core.v1.ConfigMapProjection": {
            items?: components["schemas"]["io.k8s.api.core.v1.KeyToPath"][];
            /** @default  */
            name?: string;
            optional?: boolean;
        };
        "io.k8s.api.core.v1.ConfigMapVolumeSource": {
            /** Format: int32 */
            defaultMode?: number;
            items?: components["schemas"]["io.k8s.api.core.v1.KeyToPath"][];
            /** @default  */
            name?: string;
            optional?: boolean;
        };
        /** @description One program of a pod: an image and how to run it. */
        "io.k8s.api.core.v1.Container": {
            /** @description Arguments; default is the image's. */
            args?: string[];
            /** @description Program and first arguments, in place of the image's entry point. */
            command?: string[];
            /** @description Environment variables. */
            env?: components["schemas"]["io.k8s.api.core.v1.EnvVar"][];
            /** @description ConfigMaps and Secrets whose keys become variables. */
            envFrom?: components["schemas"]["io.k8s.api.core.v1.EnvFromSource"][];
            /** @description Name of the image. */
            image?: string;
            /** @description Always, IfNotPresent or Never. */
            imagePullPolicy?: string;
            /** @description Actions after start and before stop. */
            lifecycle?: components["schemas"]["io.k8s.api.core.v1.Lifecycle"];
            /** @description When this fails, the container is restarted. */
            livenessProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /**
             * @description Name, unique in the pod.
             * @default
             */
            name: string;
            /** @description Ports that the container listens on. */
            ports?: components["schemas"]["io.k8s.api.core.v1.ContainerPort"][];
            /** @description While this fails, Services do not lead here. */
            readinessProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /** @description Whether a change of resources needs a restart. */
            resizePolicy?: components["schemas"]["io.k8s.api.core.v1.ContainerResizePolicy"][];
            /**
             * @description What the container needs and may use.
             * @default {}
             */
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            /** @description Always makes an init container a sidecar. */
            restartPolicy?: string;
            restartPolicyRules?: components["schemas"]["io.k8s.api.core.v1.ContainerRestartRule"][];
            /** @description Identity and rights of this container. */
            securityContext?: components["schemas"]["io.k8s.api.core.v1.SecurityContext"];
            /** @description Until this succeeds, no other probe runs. */
            startupProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /** @description Keep standard input open. */
            stdin?: boolean;
            /** @description Close standard input after the first attach. */
            stdinOnce?: boolean;
            /** @description File whose content becomes the message of the end. */
            terminationMessagePath?: string;
            /** @description File or FallbackToLogsOnError. */
            terminationMessagePolicy?: string;
            /** @description Give the container a terminal. */
            tty?: boolean;
            /** @description Block devices. */
            volumeDevices?: components["schemas"]["io.k8s.api.core.v1.VolumeDevice"][];
            /** @description Volumes and where they are seen. */
            volumeMounts?: components["schemas"]["io.k8s.api.core.v1.VolumeMount"][];
            /** @description Working folder. */
            workingDir?: string;
        };
        "io.k8s.api.core.v1.ContainerExtendedResourceRequest": {
            /** @default  */
            containerName: string;
            /** @default  */
            requestName: string;
            /** @default  */
            resourceName: string;
        };
        "io.k8s.api.core.v1.ContainerImage": {
            names?: string[];
            /** Format: int64 */
            sizeBytes?: number;
        };
        /** @description A port that a container listens on. */
        "io.k8s.api.core.v1.ContainerPort": {
            /**
             * Format: int32
             * @description Port number in the pod.
             * @default 0
             */
            containerPort: number;
            /** @description The node's address to bind. */
            hostIP?: string;
            /**
             * Format: int32
             * @description Port number on the node.
             */
            hostPort?: number;
            /** @description Name that Services and probes can use. */
            name?: string;
            /**
             * @description TCP, UDP or SCTP.
             * @default TCP
             */
            protocol?: string;
        };
        "io.k8s.api.core.v1.ContainerResizePolicy": {
            /** @default  */
            resourceName: string;
            /** @default  */
            restartPolicy: string;
        };
        "io.k8s.api.core.v1.ContainerRestartRule": {
            action: string;
            exitCodes?: components["schemas"]["io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes"];
        };
        "io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes": {
            operator: string;
            values?: number[];
        };
        "io.k8s.api.core.v1.ContainerState": {
            running?: components["schemas"]["io.k8s.api.core.v1.ContainerStateRunning"];
            terminated?: components["schemas"]["io.k8s.api.core.v1.ContainerStateTerminated"];
            waiting?: components["schemas"]["io.k8s.api.core.v1.ContainerStateWaiting"];
        };
        "io.k8s.api.core.v1.ContainerStateRunning": {
            startedAt?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        "io.k8s.api.core.v1.ContainerStateTerminated": {
            containerID?: string;
            /**
             * Format: int32
             * @default 0
             */
            exitCode: number;
            finishedAt?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** Format: int32 */
            signal?: number;
            startedAt?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        "io.k8s.api.core.v1.ContainerStateWaiting": {
            message?: string;
            reason?: string;
        };
        "io.k8s.api.core.v1.ContainerStatus": {
            allocatedResources?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            allocatedResourcesStatus?: components["schemas"]["io.k8s.api.core.v1.ResourceStatus"][];
            containerID?: string;
            /** @default  */
            image: string;
            /** @default  */
            imageID: string;
            /** @default {} */
            lastState?: components["schemas"]["io.k8s.api.core.v1.ContainerState"];
            /** @default  */
            name: string;
            /** @default false */
            ready: boolean;
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            /**
             * Format: int32
             * @default 0
             */
            restartCount: number;
            started?: boolean;
            /** @default {} */
            state?: components["schemas"]["io.k8s.api.core.v1.ContainerState"];
            stopSignal?: string;
            user?: components["schemas"]["io.k8s.api.core.v1.ContainerUser"];
            volumeMounts?: components["schemas"]["io.k8s.api.core.v1.VolumeMountStatus"][];
        };
        "io.k8s.api.core.v1.ContainerUser": {
            linux?: components["schemas"]["io.k8s.api.core.v1.LinuxContainerUser"];
        };
        "io.k8s.api.core.v1.DaemonEndpoint": {
            /**
             * Format: int32
             * @default 0
             */
            Port: number;
        };
        "io.k8s.api.core.v1.DownwardAPIProjection": {
            items?: components["schemas"]["io.k8s.api.core.v1.DownwardAPIVolumeFile"][];
        };
        "io.k8s.api.core.v1.DownwardAPIVolumeFile": {
            fieldRef?: components["schemas"]["io.k8s.api.core.v1.ObjectFieldSelector"];
            /** Format: int32 */
            mode?: number;
            /** @default  */
            path: string;
            resourceFieldRef?: components["schemas"]["io.k8s.api.core.v1.ResourceFieldSelector"];
        };
        "io.k8s.api.core.v1.DownwardAPIVolumeSource": {
            /** Format: int32 */
            defaultMode?: number;
            items?: components["schemas"]["io.k8s.api.core.v1.DownwardAPIVolumeFile"][];
        };
        "io.k8s.api.core.v1.EmptyDirVolumeSource": {
            medium?: string;
            sizeLimit?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        "io.k8s.api.core.v1.EndpointAddress": {
            hostname?: string;
            /** @default  */
            ip: string;
            nodeName?: string;
            targetRef?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
        };
        "io.k8s.api.core.v1.EndpointPort": {
            appProtocol?: string;
            name?: string;
            /**
             * Format: int32
             * @default 0
             */
            port: number;
            protocol?: string;
        };
        "io.k8s.api.core.v1.EndpointSubset": {
            addresses?: components["schemas"]["io.k8s.api.core.v1.EndpointAddress"][];
            notReadyAddresses?: components["schemas"]["io.k8s.api.core.v1.EndpointAddress"][];
            ports?: components["schemas"]["io.k8s.api.core.v1.EndpointPort"][];
        };
        /** @description Addresses behind a Service, the old way; see EndpointSlice. */
        "io.k8s.api.core.v1.Endpoints": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            subsets?: components["schemas"]["io.k8s.api.core.v1.EndpointSubset"][];
        };
        "io.k8s.api.core.v1.EnvFromSource": {
            configMapRef?: components["schemas"]["io.k8s.api.core.v1.ConfigMapEnvSource"];
            prefix?: string;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretEnvSource"];
        };
        /** @description One environment variable. */
        "io.k8s.api.core.v1.EnvVar": {
            /**
             * @description Name of the variable.
             * @default
             */
            name: string;
            /** @description Value; $(NAME) refers to a variable before it. */
            value?: string;
            /** @description Where the value comes from. */
            valueFrom?: components["schemas"]["io.k8s.api.core.v1.EnvVarSource"];
        };
        "io.k8s.api.core.v1.EnvVarSource": {
            configMapKeyRef?: components["schemas"]["io.k8s.api.core.v1.ConfigMapKeySelector"];
            fieldRef?: components["schemas"]["io.k8s.api.core.v1.ObjectFieldSelector"];
            fileKeyRef?: components["schemas"]["io.k8s.api.core.v1.FileKeySelector"];
            resourceFieldRef?: components["schemas"]["io.k8s.api.core.v1.ResourceFieldSelector"];
            secretKeyRef?: components["schemas"]["io.k8s.api.core.v1.SecretKeySelector"];
        };
        "io.k8s.api.core.v1.EphemeralContainer": {
            args?: string[];
            command?: string[];
            env?: components["schemas"]["io.k8s.api.core.v1.EnvVar"][];
            envFrom?: components["schemas"]["io.k8s.api.core.v1.EnvFromSource"][];
            image?: string;
            imagePullPolicy?: string;
            lifecycle?: components["schemas"]["io.k8s.api.core.v1.Lifecycle"];
            livenessProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            /** @default  */
            name: string;
            ports?: components["schemas"]["io.k8s.api.core.v1.ContainerPort"][];
            readinessProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            resizePolicy?: components["schemas"]["io.k8s.api.core.v1.ContainerResizePolicy"][];
            /** @default {} */
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            restartPolicy?: string;
            restartPolicyRules?: components["schemas"]["io.k8s.api.core.v1.ContainerRestartRule"][];
            securityContext?: components["schemas"]["io.k8s.api.core.v1.SecurityContext"];
            startupProbe?: components["schemas"]["io.k8s.api.core.v1.Probe"];
            stdin?: boolean;
            stdinOnce?: boolean;
            targetContainerName?: string;
            terminationMessagePath?: string;
            terminationMessagePolicy?: string;
            tty?: boolean;
            volumeDevices?: components["schemas"]["io.k8s.api.core.v1.VolumeDevice"][];
            volumeMounts?: components["schemas"]["io.k8s.api.core.v1.VolumeMount"][];
            workingDir?: string;
        };
        "io.k8s.api.core.v1.EphemeralVolumeSource": {
            volumeClaimTemplate?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimTemplate"];
        };
        /** @description Something that happened to an object; kept for about an hour. */
        "io.k8s.api.core.v1.Event": {
            action?: string;
            apiVersion?: string;
            /** Format: int32 */
            count?: number;
            eventTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            firstTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @default {} */
            involvedObject: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            kind?: string;
            lastTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            /** @default {} */
            metadata: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            reason?: string;
            related?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            /** @default  */
            reportingComponent?: string;
            /** @default  */
            reportingInstance?: string;
            series?: components["schemas"]["io.k8s.api.core.v1.EventSeries"];
            /** @default {} */
            source?: components["schemas"]["io.k8s.api.core.v1.EventSource"];
            type?: string;
        };
        "io.k8s.api.core.v1.EventSeries": {
            /** Format: int32 */
            count?: number;
            lastObservedTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
        };
        "io.k8s.api.core.v1.EventSource": {
            component?: string;
            host?: string;
        };
        "io.k8s.api.core.v1.ExecAction": {
            command?: string[];
        };
        "io.k8s.api.core.v1.FCVolumeSource": {
            fsType?: string;
            /** Format: int32 */
            lun?: number;
            readOnly?: boolean;
            targetWWNs?: string[];
            wwids?: string[];
        };
        "io.k8s.api.core.v1.FileKeySelector": {
            /** @default  */
            key: string;
            /** @default false */
            optional?: boolean;
            /** @default  */
            path: string;
            /** @default  */
            volumeName: string;
        };
        "io.k8s.api.core.v1.FlexPersistentVolumeSource": {
            /** @default  */
            driver: string;
            fsType?: string;
            options?: {
                [key: string]: string;
            };
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
        };
        "io.k8s.api.core.v1.FlexVolumeSource": {
            /** @default  */
            driver: string;
            fsType?: string;
            options?: {
                [key: string]: string;
            };
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
        };
        "io.k8s.api.core.v1.FlockerVolumeSource": {
            datasetName?: string;
            datasetUUID?: string;
        };
        "io.k8s.api.core.v1.GCEPersistentDiskVolumeSource": {
            fsType?: string;
            /** Format: int32 */
            partition?: number;
            /** @default  */
            pdName: string;
            readOnly?: boolean;
        };
        "io.k8s.api.core.v1.GRPCAction": {
            /**
             * Format: int32
             * @default 0
             */
            port: number;
            /** @default  */
            service?: string;
        };
        "io.k8s.api.core.v1.GitRepoVolumeSource": {
            directory?: string;
            /** @default  */
            repository: string;
            revision?: string;
        };
        "io.k8s.api.core.v1.GlusterfsPersistentVolumeSource": {
            /** @default  */
            endpoints: string;
            endpointsNamespace?: string;
            /** @default  */
            path: string;
            readOnly?: boolean;
        };
        "io.k8s.api.core.v1.GlusterfsVolumeSource": {
            /** @default  */
            endpoints: string;
            /** @default  */
            path: string;
            readOnly?: boolean;
        };
        "io.k8s.api.core.v1.HTTPGetAction": {
            host?: string;
            httpHeaders?: components["schemas"]["io.k8s.api.core.v1.HTTPHeader"][];
            path?: string;
            port: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            scheme?: string;
        };
        "io.k8s.api.core.v1.HTTPHeader": {
            /** @default  */
            name: string;
            /** @default  */
            value: string;
        };
        "io.k8s.api.core.v1.HostAlias": {
            hostnames?: string[];
            /** @default  */
            ip: string;
        };
        "io.k8s.api.core.v1.HostIP": {
            /** @default  */
            ip: string;
        };
        "io.k8s.api.core.v1.HostPathVolumeSource": {
            /** @default  */
            path: string;
            type?: string;
        };
        "io.k8s.api.core.v1.ISCSIPersistentVolumeSource": {
            chapAuthDiscovery?: boolean;
            chapAuthSession?: boolean;
            fsType?: string;
            initiatorName?: string;
            /** @default  */
            iqn: string;
            /** @default default */
            iscsiInterface?: string;
            /**
             * Format: int32
             * @default 0
             */
            lun: number;
            portals?: string[];
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @default  */
            targetPortal: string;
        };
        "io.k8s.api.core.v1.ISCSIVolumeSource": {
            chapAuthDiscovery?: boolean;
            chapAuthSession?: boolean;
            fsType?: string;
            initiatorName?: string;
            /** @default  */
            iqn: string;
            /** @default default */
            iscsiInterface?: string;
            /**
             * Format: int32
             * @default 0
             */
            lun: number;
            portals?: string[];
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /** @default  */
            targetPortal: string;
        };
        "io.k8s.api.core.v1.ImageVolumeSource": {
            pullPolicy?: string;
            reference?: string;
        };
        "io.k8s.api.core.v1.ImageVolumeStatus": {
            imageRef: string;
        };
        "io.k8s.api.core.v1.KeyToPath": {
            /** @default  */
            key: string;
            /** Format: int32 */
            mode?: number;
            /** @default  */
            path: string;
        };
        "io.k8s.api.core.v1.Lifecycle": {
            postStart?: components["schemas"]["io.k8s.api.core.v1.LifecycleHandler"];
            preStop?: components["schemas"]["io.k8s.api.core.v1.LifecycleHandler"];
            stopSignal?: string;
        };
        "io.k8s.api.core.v1.LifecycleHandler": {
            exec?: components["schemas"]["io.k8s.api.core.v1.ExecAction"];
            httpGet?: components["schemas"]["io.k8s.api.core.v1.HTTPGetAction"];
            sleep?: components["schemas"]["io.k8s.api.core.v1.SleepAction"];
            tcpSocket?: components["schemas"]["io.k8s.api.core.v1.TCPSocketAction"];
        };
        /** @description Bounds and defaults of resources for objects in a namespace. */
        "io.k8s.api.core.v1.LimitRange": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.LimitRangeSpec"];
        };
        "io.k8s.api.core.v1.LimitRangeItem": {
            default?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            defaultRequest?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            max?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            maxLimitRequestRatio?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            min?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @default  */
            type: string;
        };
        "io.k8s.api.core.v1.LimitRangeSpec": {
            limits: components["schemas"]["io.k8s.api.core.v1.LimitRangeItem"][];
        };
        "io.k8s.api.core.v1.LinuxContainerUser": {
            /**
             * Format: int64
             * @default 0
             */
            gid: number;
            supplementalGroups?: number[];
            /**
             * Format: int64
             * @default 0
             */
            uid: number;
        };
        "io.k8s.api.core.v1.LoadBalancerIngress": {
            hostname?: string;
            ip?: string;
            ipMode?: string;
            ports?: components["schemas"]["io.k8s.api.core.v1.PortStatus"][];
        };
        "io.k8s.api.core.v1.LoadBalancerStatus": {
            ingress?: components["schemas"]["io.k8s.api.core.v1.LoadBalancerIngress"][];
        };
        "io.k8s.api.core.v1.LocalObjectReference": {
            /** @default  */
            name?: string;
        };
        "io.k8s.api.core.v1.LocalVolumeSource": {
            fsType?: string;
            /** @default  */
            path: string;
        };
        "io.k8s.api.core.v1.ModifyVolumeStatus": {
            /** @default  */
            status: string;
            targetVolumeAttributesClassName?: string;
        };
        "io.k8s.api.core.v1.NFSVolumeSource": {
            /** @default  */
            path: string;
            readOnly?: boolean;
            /** @default  */
            server: string;
        };
        /** @description A room for names: most objects live in one. */
        "io.k8s.api.core.v1.Namespace": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.NamespaceSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.core.v1.NamespaceStatus"];
        };
        "io.k8s.api.core.v1.NamespaceCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.core.v1.NamespaceSpec": {
            /** @description What must happen before the namespace can go. */
            finalizers?: string[];
        };
        "io.k8s.api.core.v1.NamespaceStatus": {
            conditions?: components["schemas"]["io.k8s.api.core.v1.NamespaceCondition"][];
            phase?: string;
        };
        /** @description A machine that runs pods. */
        "io.k8s.api.core.v1.Node": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.NodeSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.core.v1.NodeStatus"];
        };
        "io.k8s.api.core.v1.NodeAddress": {
            /** @default  */
            address: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.core.v1.NodeAffinity": {
            preferredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.PreferredSchedulingTerm"][];
            requiredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
        };
        "io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus": {
            containers?: string[];
            /** @default  */
            resourceClaimName: string;
            resources: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        "io.k8s.api.core.v1.NodeCondition": {
            lastHeartbeatTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.core.v1.NodeConfigSource": {
            configMap?: components["schemas"]["io.k8s.api.core.v1.ConfigMapNodeConfigSource"];
        };
        "io.k8s.api.core.v1.NodeConfigStatus": {
            active?: components["schemas"]["io.k8s.api.core.v1.NodeConfigSource"];
            assigned?: components["schemas"]["io.k8s.api.core.v1.NodeConfigSource"];
            error?: string;
            lastKnownGood?: components["schemas"]["io.k8s.api.core.v1.NodeConfigSource"];
        };
        "io.k8s.api.core.v1.NodeDaemonEndpoints": {
            /** @default {} */
            kubeletEndpoint?: components["schemas"]["io.k8s.api.core.v1.DaemonEndpoint"];
        };
        "io.k8s.api.core.v1.NodeFeatures": {
            supplementalGroupsPolicy?: boolean;
        };
        "io.k8s.api.core.v1.NodeRuntimeHandler": {
            features?: components["schemas"]["io.k8s.api.core.v1.NodeRuntimeHandlerFeatures"];
            /** @default  */
            name?: string;
        };
        "io.k8s.api.core.v1.NodeRuntimeHandlerFeatures": {
            recursiveReadOnlyMounts?: boolean;
            userNamespaces?: boolean;
        };
        "io.k8s.api.core.v1.NodeSelector": {
            nodeSelectorTerms: components["schemas"]["io.k8s.api.core.v1.NodeSelectorTerm"][];
        };
        "io.k8s.api.core.v1.NodeSelectorRequirement": {
            /** @default  */
            key: string;
            /** @default  */
            operator: string;
            values?: string[];
        };
        "io.k8s.api.core.v1.NodeSelectorTerm": {
            matchExpressions?: components["schemas"]["io.k8s.api.core.v1.NodeSelectorRequirement"][];
            matchFields?: components["schemas"]["io.k8s.api.core.v1.NodeSelectorRequirement"][];
        };
        /** @description How a node may be used. */
        "io.k8s.api.core.v1.NodeSpec": {
            configSource?: components["schemas"]["io.k8s.api.core.v1.NodeConfigSource"];
            externalID?: string;
            /** @description Range that addresses of pods come from. */
            podCIDR?: string;
            /** @description Ranges, one a family. */
            podCIDRs?: string[];
            /** @description Identity at the cloud provider. */
            providerID?: string;
            /** @description What keeps pods away that do not tolerate it. */
            taints?: components["schemas"]["io.k8s.api.core.v1.Taint"][];
            /** @description No new pods are placed here. */
            unschedulable?: boolean;
        };
        "io.k8s.api.core.v1.NodeStatus": {
            addresses?: components["schemas"]["io.k8s.api.core.v1.NodeAddress"][];
            allocatable?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            capacity?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            conditions?: components["schemas"]["io.k8s.api.core.v1.NodeCondition"][];
            config?: components["schemas"]["io.k8s.api.core.v1.NodeConfigStatus"];
            /** @default {} */
            daemonEndpoints?: components["schemas"]["io.k8s.api.core.v1.NodeDaemonEndpoints"];
            declaredFeatures?: string[];
            features?: components["schemas"]["io.k8s.api.core.v1.NodeFeatures"];
            images?: components["schemas"]["io.k8s.api.core.v1.ContainerImage"][];
            /** @default {} */
            nodeInfo?: components["schemas"]["io.k8s.api.core.v1.NodeSystemInfo"];
            phase?: string;
            runtimeHandlers?: components["schemas"]["io.k8s.api.core.v1.NodeRuntimeHandler"][];
            volumesAttached?: components["schemas"]["io.k8s.api.core.v1.AttachedVolume"][];
            volumesInUse?: string[];
        };
        "io.k8s.api.core.v1.NodeSwapStatus": {
            /** Format: int64 */
            capacity?: number;
        };
        "io.k8s.api.core.v1.NodeSystemInfo": {
            /** @default  */
            architecture: string;
            /** @default  */
            bootID: string;
            /** @default  */
            containerRuntimeVersion: string;
            /** @default  */
            kernelVersion: string;
            /** @default  */
            kubeProxyVersion: string;
            /** @default  */
            kubeletVersion: string;
            /** @default  */
            machineID: string;
            /** @default  */
            operatingSystem: string;
            /** @default  */
            osImage: string;
            swap?: components["schemas"]["io.k8s.api.core.v1.NodeSwapStatus"];
            /** @default  */
            systemUUID: string;
        };
        "io.k8s.api.core.v1.ObjectFieldSelector": {
            apiVersion?: string;
            /** @default  */
            fieldPath: string;
        };
        "io.k8s.api.core.v1.ObjectReference": {
            apiVersion?: string;
            fieldPath?: string;
            kind?: string;
            name?: string;
            namespace?: string;
            resourceVersion?: string;
            uid?: string;
        };
        /** @description A piece of storage in the cluster. */
        "io.k8s.api.core.v1.PersistentVolume": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeStatus"];
        };
        /** @description A user's request for storage. */
        "io.k8s.api.core.v1.PersistentVolumeClaim": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimStatus"];
        };
        "io.k8s.api.core.v1.PersistentVolumeClaimCondition": {
            lastProbeTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.core.v1.PersistentVolumeClaimSpec": {
            /** @description ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod. */
            accessModes?: string[];
            dataSource?: components["schemas"]["io.k8s.api.core.v1.TypedLocalObjectReference"];
            dataSourceRef?: components["schemas"]["io.k8s.api.core.v1.TypedObjectReference"];
            /**
             * @description Wanted size.
             * @default {}
             */
            resources?: components["schemas"]["io.k8s.api.core.v1.VolumeResourceRequirements"];
            /** @description Labels of the volumes that may be taken. */
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Class; empty for volumes without one. */
            storageClassName?: string;
            volumeAttributesClassName?: string;
            /** @description Filesystem or Block. */
            volumeMode?: string;
            /** @description Volume that the claim is bound to. */
            volumeName?: string;
        };
        "io.k8s.api.core.v1.PersistentVolumeClaimStatus": {
            accessModes?: string[];
            allocatedResourceStatuses?: {
                [key: string]: string;
            };
            allocatedResources?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            capacity?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            conditions?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimCondition"][];
            currentVolumeAttributesClassName?: string;
            modifyVolumeStatus?: components["schemas"]["io.k8s.api.core.v1.ModifyVolumeStatus"];
            phase?: string;
        };
        "io.k8s.api.core.v1.PersistentVolumeClaimTemplate": {
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimSpec"];
        };
        "io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource": {
            /** @default  */
            claimName: string;
            readOnly?: boolean;
        };
        "io.k8s.api.core.v1.PersistentVolumeSpec": {
            accessModes?: string[];
            awsElasticBlockStore?: components["schemas"]["io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource"];
            azureDisk?: components["schemas"]["io.k8s.api.core.v1.AzureDiskVolumeSource"];
            azureFile?: components["schemas"]["io.k8s.api.core.v1.AzureFilePersistentVolumeSource"];
            capacity?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            cephfs?: components["schemas"]["io.k8s.api.core.v1.CephFSPersistentVolumeSource"];
            cinder?: components["schemas"]["io.k8s.api.core.v1.CinderPersistentVolumeSource"];
            claimRef?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            csi?: components["schemas"]["io.k8s.api.core.v1.CSIPersistentVolumeSource"];
            fc?: components["schemas"]["io.k8s.api.core.v1.FCVolumeSource"];
            flexVolume?: components["schemas"]["io.k8s.api.core.v1.FlexPersistentVolumeSource"];
            flocker?: components["schemas"]["io.k8s.api.core.v1.FlockerVolumeSource"];
            gcePersistentDisk?: components["schemas"]["io.k8s.api.core.v1.GCEPersistentDiskVolumeSource"];
            glusterfs?: components["schemas"]["io.k8s.api.core.v1.GlusterfsPersistentVolumeSource"];
            hostPath?: components["schemas"]["io.k8s.api.core.v1.HostPathVolumeSource"];
            iscsi?: components["schemas"]["io.k8s.api.core.v1.ISCSIPersistentVolumeSource"];
            local?: components["schemas"]["io.k8s.api.core.v1.LocalVolumeSource"];
            mountOptions?: string[];
            nfs?: components["schemas"]["io.k8s.api.core.v1.NFSVolumeSource"];
            nodeAffinity?: components["schemas"]["io.k8s.api.core.v1.VolumeNodeAffinity"];
            persistentVolumeReclaimPolicy?: string;
            photonPersistentDisk?: components["schemas"]["io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource"];
            portworxVolume?: components["schemas"]["io.k8s.api.core.v1.PortworxVolumeSource"];
            quobyte?: components["schemas"]["io.k8s.api.core.v1.QuobyteVolumeSource"];
            rbd?: components["schemas"]["io.k8s.api.core.v1.RBDPersistentVolumeSource"];
            scaleIO?: components["schemas"]["io.k8s.api.core.v1.ScaleIOPersistentVolumeSource"];
            storageClassName?: string;
            storageos?: components["schemas"]["io.k8s.api.core.v1.StorageOSPersistentVolumeSource"];
            volumeAttributesClassName?: string;
            volumeMode?: string;
            vsphereVolume?: components["schemas"]["io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource"];
        };
        "io.k8s.api.core.v1.PersistentVolumeStatus": {
            lastPhaseTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            phase?: string;
            reason?: string;
        };
        "io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource": {
            fsType?: string;
            /** @default  */
            pdID: string;
        };
        /** @description Containers that run together on one node and share its network and volumes. */
        "io.k8s.api.core.v1.Pod": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.PodSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.core.v1.PodStatus"];
        };
        "io.k8s.api.core.v1.PodAffinity": {
            preferredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.WeightedPodAffinityTerm"][];
            requiredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.PodAffinityTerm"][];
        };
        "io.k8s.api.core.v1.PodAffinityTerm": {
            labelSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            matchLabelKeys?: string[];
            mismatchLabelKeys?: string[];
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            namespaces?: string[];
            /** @default  */
            topologyKey: string;
        };
        "io.k8s.api.core.v1.PodAntiAffinity": {
            preferredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.WeightedPodAffinityTerm"][];
            requiredDuringSchedulingIgnoredDuringExecution?: components["schemas"]["io.k8s.api.core.v1.PodAffinityTerm"][];
        };
        "io.k8s.api.core.v1.PodCertificateProjection": {
            certificateChainPath?: string;
            credentialBundlePath?: string;
            keyPath?: string;
            keyType: string;
            /** Format: int32 */
            maxExpirationSeconds?: number;
            signerName: string;
            userAnnotations?: {
                [key: string]: string;
            };
        };
        "io.k8s.api.core.v1.PodCondition": {
            lastProbeTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            /** Format: int64 */
            observedGeneration?: number;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.core.v1.PodDNSConfig": {
            nameservers?: string[];
            options?: components["schemas"]["io.k8s.api.core.v1.PodDNSConfigOption"][];
            searches?: string[];
        };
        "io.k8s.api.core.v1.PodDNSConfigOption": {
            name?: string;
            value?: string;
        };
        "io.k8s.api.core.v1.PodExtendedResourceClaimStatus": {
            requestMappings: components["schemas"]["io.k8s.api.core.v1.ContainerExtendedResourceRequest"][];
            /** @default  */
            resourceClaimName: string;
        };
        "io.k8s.api.core.v1.PodIP": {
            /** @default  */
            ip: string;
        };
        "io.k8s.api.core.v1.PodOS": {
            /** @default  */
            name: string;
        };
        "io.k8s.api.core.v1.PodReadinessGate": {
            /** @default  */
            conditionType: string;
        };
        "io.k8s.api.core.v1.PodResourceClaim": {
            /** @default  */
            name: string;
            resourceClaimName?: string;
            resourceClaimTemplateName?: string;
        };
        "io.k8s.api.core.v1.PodResourceClaimStatus": {
            /** @default  */
            name: string;
            resourceClaimName?: string;
        };
        "io.k8s.api.core.v1.PodSchedulingGate": {
            /** @default  */
            name: string;
        };
        "io.k8s.api.core.v1.PodSchedulingGroup": {
            podGroupName?: string;
        };
        "io.k8s.api.core.v1.PodSecurityContext": {
            appArmorProfile?: components["schemas"]["io.k8s.api.core.v1.AppArmorProfile"];
            /** Format: int64 */
            fsGroup?: number;
            fsGroupChangePolicy?: string;
            /** Format: int64 */
            runAsGroup?: number;
            runAsNonRoot?: boolean;
            /** Format: int64 */
            runAsUser?: number;
            seLinuxChangePolicy?: string;
            seLinuxOptions?: components["schemas"]["io.k8s.api.core.v1.SELinuxOptions"];
            seccompProfile?: components["schemas"]["io.k8s.api.core.v1.SeccompProfile"];
            supplementalGroups?: number[];
            supplementalGroupsPolicy?: string;
            sysctls?: components["schemas"]["io.k8s.api.core.v1.Sysctl"][];
            windowsOptions?: components["schemas"]["io.k8s.api.core.v1.WindowsSecurityContextOptions"];
        };
        /** @description What runs in a pod, and how. */
        "io.k8s.api.core.v1.PodSpec": {
            /**
             * Format: int64
             * @description Longest run in seconds; then the pod is failed.
             */
            activeDeadlineSeconds?: number;
            /** @description Where the pod should and must not run. */
            affinity?: components["schemas"]["io.k8s.api.core.v1.Affinity"];
            /** @description Whether a token of the service account is mounted. */
            automountServiceAccountToken?: boolean;
            /** @description The programs of the pod; at least one. */
            containers: components["schemas"]["io.k8s.api.core.v1.Container"][];
            /** @description DNS settings on top of dnsPolicy. */
            dnsConfig?: components["schemas"]["io.k8s.api.core.v1.PodDNSConfig"];
            /** @description ClusterFirst, ClusterFirstWithHostNet, Default or None. */
            dnsPolicy?: string;
            /** @description Whether environment variables describe the Services of the namespace. */
            enableServiceLinks?: boolean;
            /** @description Containers added to a running pod, for debugging. */
            ephemeralContainers?: components["schemas"]["io.k8s.api.core.v1.EphemeralContainer"][];
            /** @description Lines added to /etc/hosts. */
            hostAliases?: components["schemas"]["io.k8s.api.core.v1.HostAlias"][];
            /** @description Use the node's IPC namespace. */
            hostIPC?: boolean;
            /** @description Use the node's network. */
            hostNetwork?: boolean;
            /** @description Use the node's process namespace. */
            hostPID?: boolean;
            hostUsers?: boolean;
            /** @description Host name in the pod; default is the name of the pod. */
            hostname?: string;
            hostnameOverride?: string;
            /** @description Secrets with credentials for pulling images. */
            imagePullSecrets?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"][];
            /** @description Containers that run, one after the other, before the others start. */
            initContainers?: components["schemas"]["io.k8s.api.core.v1.Container"][];
            /** @description Node that the pod was given to. */
            nodeName?: string;
            /** @description Labels that the node must have. */
            nodeSelector?: {
                [key: string]: string;
            };
            /** @description Operating system of the containers. */
            os?: components["schemas"]["io.k8s.api.core.v1.PodOS"];
            /** @description Resources that running the pod costs by itself. */
            overhead?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description Whether the pod may displace others: Never or PreemptLowerPriority. */
            preemptionPolicy?: string;
            /**
             * Format: int32
             * @description Higher is scheduled first.
             */
            priority?: number;
            /** @description Name of a PriorityClass. */
            priorityClassName?: string;
            /** @description Conditions that must be true too before the pod is ready. */
            readinessGates?: components["schemas"]["io.k8s.api.core.v1.PodReadinessGate"][];
            resourceClaims?: components["schemas"]["io.k8s.api.core.v1.PodResourceClaim"][];
            /** @description Resources of the pod as a whole. */
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            /** @description Always, OnFailure or Never. */
            restartPolicy?: string;
            /** @description Name of a RuntimeClass. */
            runtimeClassName?: string;
            /** @description Scheduler that places the pod. */
            schedulerName?: string;
            /** @description The pod is not scheduled before all of these are gone. */
            schedulingGates?: components["schemas"]["io.k8s.api.core.v1.PodSchedulingGate"][];
            schedulingGroup?: components["schemas"]["io.k8s.api.core.v1.PodSchedulingGroup"];
            /** @description Identity and rights, for all containers. */
            securityContext?: components["schemas"]["io.k8s.api.core.v1.PodSecurityContext"];
            /** @description Old name of serviceAccountName. */
            serviceAccount?: string;
            /** @description Identity of the pod towards the API. */
            serviceAccountName?: string;
            /** @description Use the full name as host name. */
            setHostnameAsFQDN?: boolean;
            /** @description Let the containers see each other's processes. */
            shareProcessNamespace?: boolean;
            /** @description Puts the pod under hostname.subdomain.namespace.svc. */
            subdomain?: string;
            /**
             * Format: int64
             * @description Seconds between asking the containers to stop and killing them.
             */
            terminationGracePeriodSeconds?: number;
            /** @description Taints of nodes that the pod accepts. */
            tolerations?: components["schemas"]["io.k8s.api.core.v1.Toleration"][];
            /** @description How evenly pods are spread over zones or nodes. */
            topologySpreadConstraints?: components["schemas"]["io.k8s.api.core.v1.TopologySpreadConstraint"][];
            /** @description Storage that containers can mount. */
            volumes?: components["schemas"]["io.k8s.api.core.v1.Volume"][];
        };
        "io.k8s.api.core.v1.PodStatus": {
            allocatedResources?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            conditions?: components["schemas"]["io.k8s.api.core.v1.PodCondition"][];
            containerStatuses?: components["schemas"]["io.k8s.api.core.v1.ContainerStatus"][];
            ephemeralContainerStatuses?: components["schemas"]["io.k8s.api.core.v1.ContainerStatus"][];
            extendedResourceClaimStatus?: components["schemas"]["io.k8s.api.core.v1.PodExtendedResourceClaimStatus"];
            hostIP?: string;
            hostIPs?: components["schemas"]["io.k8s.api.core.v1.HostIP"][];
            initContainerStatuses?: components["schemas"]["io.k8s.api.core.v1.ContainerStatus"][];
            message?: string;
            nodeAllocatableResourceClaimStatuses?: components["schemas"]["io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus"][];
            nominatedNodeName?: string;
            /** Format: int64 */
            observedGeneration?: number;
            phase?: string;
            podIP?: string;
            podIPs?: components["schemas"]["io.k8s.api.core.v1.PodIP"][];
            qosClass?: string;
            reason?: string;
            resize?: string;
            resourceClaimStatuses?: components["schemas"]["io.k8s.api.core.v1.PodResourceClaimStatus"][];
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceRequirements"];
            startTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** @description A template of pods, stored by itself. */
        "io.k8s.api.core.v1.PodTemplate": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            template?: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
        };
        /** @description What the pods that a workload makes look like. */
        "io.k8s.api.core.v1.PodTemplateSpec": {
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.PodSpec"];
        };
        "io.k8s.api.core.v1.PortStatus": {
            error?: string;
            /**
             * Format: int32
             * @default 0
             */
            port: number;
            /** @default  */
            protocol: string;
        };
        "io.k8s.api.core.v1.PortworxVolumeSource": {
            fsType?: string;
            readOnly?: boolean;
            /** @default  */
            volumeID: string;
        };
        "io.k8s.api.core.v1.PreferredSchedulingTerm": {
            /** @default {} */
            preference: components["schemas"]["io.k8s.api.core.v1.NodeSelectorTerm"];
            /**
             * Format: int32
             * @default 0
             */
            weight: number;
        };
        /** @description A check of a container, made again and again. */
        "io.k8s.api.core.v1.Probe": {
            /** @description A command; success is exit code 0. */
            exec?: components["schemas"]["io.k8s.api.core.v1.ExecAction"];
            /**
             * Format: int32
             * @description Failures in a row that count.
             */
            failureThreshold?: number;
            /** @description A gRPC health check. */
            grpc?: components["schemas"]["io.k8s.api.core.v1.GRPCAction"];
            /** @description An HTTP request; success is 200 to 399. */
            httpGet?: components["schemas"]["io.k8s.api.core.v1.HTTPGetAction"];
            /**
             * Format: int32
             * @description Seconds before the first check.
             */
            initialDelaySeconds?: number;
            /**
             * Format: int32
             * @description Seconds between checks.
             */
            periodSeconds?: number;
            /**
             * Format: int32
             * @description Successes in a row that count.
             */
            successThreshold?: number;
            /** @description A TCP connection; success is that it opens. */
            tcpSocket?: components["schemas"]["io.k8s.api.core.v1.TCPSocketAction"];
            /**
             * Format: int64
             * @description Grace period when this probe ends the container.
             */
            terminationGracePeriodSeconds?: number;
            /**
             * Format: int32
             * @description Seconds after which a check has failed.
             */
            timeoutSeconds?: number;
        };
        "io.k8s.api.core.v1.ProjectedVolumeSource": {
            /** Format: int32 */
            defaultMode?: number;
            sources?: components["schemas"]["io.k8s.api.core.v1.VolumeProjection"][];
        };
        "io.k8s.api.core.v1.QuobyteVolumeSource": {
            group?: string;
            readOnly?: boolean;
            /** @default  */
            registry: string;
            tenant?: string;
            user?: string;
            /** @default  */
            volume: string;
        };
        "io.k8s.api.core.v1.RBDPersistentVolumeSource": {
            fsType?: string;
            /** @default  */
            image: string;
            /** @default /etc/ceph/keyring */
            keyring?: string;
            monitors: string[];
            /** @default rbd */
            pool?: string;
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            /** @default admin */
            user?: string;
        };
        "io.k8s.api.core.v1.RBDVolumeSource": {
            fsType?: string;
            /** @default  */
            image: string;
            /** @default /etc/ceph/keyring */
            keyring?: string;
            monitors: string[];
            /** @default rbd */
            pool?: string;
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            /** @default admin */
            user?: string;
        };
        /** @description Keeps a number of pods running, the old way; see Deployment. */
        "io.k8s.api.core.v1.ReplicationController": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.ReplicationControllerSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.core.v1.ReplicationControllerStatus"];
        };
        "io.k8s.api.core.v1.ReplicationControllerCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.api.core.v1.ReplicationControllerSpec": {
            /**
             * Format: int32
             * @default 0
             */
            minReadySeconds?: number;
            /**
             * Format: int32
             * @default 1
             */
            replicas?: number;
            selector?: {
                [key: string]: string;
            };
            template?: components["schemas"]["io.k8s.api.core.v1.PodTemplateSpec"];
        };
        "io.k8s.api.core.v1.ReplicationControllerStatus": {
            /** Format: int32 */
            availableReplicas?: number;
            conditions?: components["schemas"]["io.k8s.api.core.v1.ReplicationControllerCondition"][];
            /** Format: int32 */
            fullyLabeledReplicas?: number;
            /** Format: int64 */
            observedGeneration?: number;
            /** Format: int32 */
            readyReplicas?: number;
            /**
             * Format: int32
             * @default 0
             */
            replicas: number;
        };
        "io.k8s.api.core.v1.ResourceClaim": {
            /** @default  */
            name: string;
            request?: string;
        };
        "io.k8s.api.core.v1.ResourceFieldSelector": {
            containerName?: string;
            divisor?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /** @default  */
            resource: string;
        };
        "io.k8s.api.core.v1.ResourceHealth": {
            health?: string;
            message?: string;
            /** @default  */
            resourceID: string;
        };
        /** @description The most that a namespace may use. */
        "io.k8s.api.core.v1.ResourceQuota": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.ResourceQuotaSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.core.v1.ResourceQuotaStatus"];
        };
        "io.k8s.api.core.v1.ResourceQuotaSpec": {
            hard?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            scopeSelector?: components["schemas"]["io.k8s.api.core.v1.ScopeSelector"];
            scopes?: string[];
        };
        "io.k8s.api.core.v1.ResourceQuotaStatus": {
            hard?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            used?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        /** @description Compute resources that a container needs and may use. */
        "io.k8s.api.core.v1.ResourceRequirements": {
            /** @description Names of resource claims of the pod. */
            claims?: components["schemas"]["io.k8s.api.core.v1.ResourceClaim"][];
            /** @description Most that may be used. */
            limits?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @description What is reserved. */
            requests?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        "io.k8s.api.core.v1.ResourceStatus": {
            /** @default  */
            name: string;
            resources?: components["schemas"]["io.k8s.api.core.v1.ResourceHealth"][];
        };
        "io.k8s.api.core.v1.SELinuxOptions": {
            level?: string;
            role?: string;
            type?: string;
            user?: string;
        };
        "io.k8s.api.core.v1.ScaleIOPersistentVolumeSource": {
            /** @default xfs */
            fsType?: string;
            /** @default  */
            gateway: string;
            protectionDomain?: string;
            readOnly?: boolean;
            secretRef: components["schemas"]["io.k8s.api.core.v1.SecretReference"];
            sslEnabled?: boolean;
            /** @default ThinProvisioned */
            storageMode?: string;
            storagePool?: string;
            /** @default  */
            system: string;
            volumeName?: string;
        };
        "io.k8s.api.core.v1.ScaleIOVolumeSource": {
            /** @default xfs */
            fsType?: string;
            /** @default  */
            gateway: string;
            protectionDomain?: string;
            readOnly?: boolean;
            secretRef: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            sslEnabled?: boolean;
            /** @default ThinProvisioned */
            storageMode?: string;
            storagePool?: string;
            /** @default  */
            system: string;
            volumeName?: string;
        };
        "io.k8s.api.core.v1.ScopeSelector": {
            matchExpressions?: components["schemas"]["io.k8s.api.core.v1.ScopedResourceSelectorRequirement"][];
        };
        "io.k8s.api.core.v1.ScopedResourceSelectorRequirement": {
            /** @default  */
            operator: string;
            /** @default  */
            scopeName: string;
            values?: string[];
        };
        "io.k8s.api.core.v1.SeccompProfile": {
            localhostProfile?: string;
            /** @default  */
            type: string;
        };
        /** @description Confidential data as keys and values, for pods to read. */
        "io.k8s.api.core.v1.Secret": {
            apiVersion?: string;
            /** @description Values, base64. */
            data?: {
                [key: string]: string;
            };
            /** @description When true, the data can never change again. */
            immutable?: boolean;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @description Values as text, merged into data on write; never read back. */
            stringData?: {
                [key: string]: string;
            };
            /** @description Kind of content; some types require certain keys. */
            type?: string;
        };
        "io.k8s.api.core.v1.SecretEnvSource": {
            /** @default  */
            name?: string;
            optional?: boolean;
        };
        "io.k8s.api.core.v1.SecretKeySelector": {
            /** @default  */
            key: string;
            /** @default  */
            name?: string;
            optional?: boolean;
        };
        "io.k8s.api.core.v1.SecretProjection": {
            items?: components["schemas"]["io.k8s.api.core.v1.KeyToPath"][];
            /** @default  */
            name?: string;
            optional?: boolean;
        };
        "io.k8s.api.core.v1.SecretReference": {
            name?: string;
            namespace?: string;
        };
        "io.k8s.api.core.v1.SecretVolumeSource": {
            /** Format: int32 */
            defaultMode?: number;
            items?: components["schemas"]["io.k8s.api.core.v1.KeyToPath"][];
            optional?: boolean;
            secretName?: string;
        };
        "io.k8s.api.core.v1.SecurityContext": {
            allowPrivilegeEscalation?: boolean;
            appArmorProfile?: components["schemas"]["io.k8s.api.core.v1.AppArmorProfile"];
            capabilities?: components["schemas"]["io.k8s.api.core.v1.Capabilities"];
            privileged?: boolean;
            procMount?: string;
            readOnlyRootFilesystem?: boolean;
            /** Format: int64 */
            runAsGroup?: number;
            runAsNonRoot?: boolean;
            /** Format: int64 */
            runAsUser?: number;
            seLinuxOptions?: components["schemas"]["io.k8s.api.core.v1.SELinuxOptions"];
            seccompProfile?: components["schemas"]["io.k8s.api.core.v1.SeccompProfile"];
            windowsOptions?: components["schemas"]["io.k8s.api.core.v1.WindowsSecurityContextOptions"];
        };
        /** @description A stable name and address in front of a set of pods. */
        "io.k8s.api.core.v1.Service": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.core.v1.ServiceSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.core.v1.ServiceStatus"];
        };
        /** @description An identity for processes in pods. */
        "io.k8s.api.core.v1.ServiceAccount": {
            apiVersion?: string;
            automountServiceAccountToken?: boolean;
            imagePullSecrets?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"][];
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            secrets?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"][];
        };
        "io.k8s.api.core.v1.ServiceAccountTokenProjection": {
            audience?: string;
            /** Format: int64 */
            expirationSeconds?: number;
            /** @default  */
            path: string;
        };
        /** @description One port of a Service. */
        "io.k8s.api.core.v1.ServicePort": {
            /** @description Protocol of the application. */
            appProtocol?: string;
            /** @description Name, needed when there are several. */
            name?: string;
            /**
             * Format: int32
             * @description Port on each node.
             */
            nodePort?: number;
            /**
             * Format: int32
             * @description Port of the Service.
             * @default 0
             */
            port: number;
            /**
             * @description TCP, UDP or SCTP.
             * @default TCP
             */
            protocol?: string;
            /** @description Port number or name in the pods; default is port. */
            targetPort?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
        };
        /** @description Which pods a Service leads to, and by which ports. */
        "io.k8s.api.core.v1.ServiceSpec": {
            /** @description Whether a load balancer gets node ports. */
            allocateLoadBalancerNodePorts?: boolean;
            /** @description Address in the cluster; None for a headless Service. */
            clusterIP?: string;
            /** @description Addresses in the cluster, one a family. */
            clusterIPs?: string[];
            /** @description Outside addresses that lead here too. */
            externalIPs?: string[];
            /** @description DNS name that an ExternalName Service stands for. */
            externalName?: string;
            /** @description Cluster, or Local to stay on the node that got the traffic. */
            externalTrafficPolicy?: string;
            /**
             * Format: int32
             * @description Port where load balancers ask a node for local endpoints.
             */
            healthCheckNodePort?: number;
            /** @description Cluster, or Local to stay on the node of the client. */
            internalTrafficPolicy?: string;
            /** @description IPv4 and IPv6, in order. */
            ipFamilies?: string[];
            /** @description SingleStack, PreferDualStack or RequireDualStack. */
            ipFamilyPolicy?: string;
            /** @description Which load balancer serves this. */
            loadBalancerClass?: string;
            /** @description Wanted address of the load balancer; deprecated. */
            loadBalancerIP?: string;
            /** @description Clients that the load balancer lets in. */
            loadBalancerSourceRanges?: string[];
            /** @description Ports of the Service. */
            ports?: components["schemas"]["io.k8s.api.core.v1.ServicePort"][];
            /** @description Lead to pods that are not ready, too. */
            publishNotReadyAddresses?: boolean;
            /** @description Labels of the pods behind the Service. */
            selector?: {
                [key: string]: string;
            };
            /** @description None, or ClientIP to keep a client on one pod. */
            sessionAffinity?: string;
            /** @description Settings of the affinity. */
            sessionAffinityConfig?: components["schemas"]["io.k8s.api.core.v1.SessionAffinityConfig"];
            /** @description Which endpoints are preferred. */
            trafficDistribution?: string;
            /** @description ClusterIP, NodePort, LoadBalancer or ExternalName. */
            type?: string;
        };
        "io.k8s.api.core.v1.ServiceStatus": {
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
            /** @default {} */
            loadBalancer?: components["schemas"]["io.k8s.api.core.v1.LoadBalancerStatus"];
        };
        "io.k8s.api.core.v1.SessionAffinityConfig": {
            clientIP?: components["schemas"]["io.k8s.api.core.v1.ClientIPConfig"];
        };
        "io.k8s.api.core.v1.SleepAction": {
            /**
             * Format: int64
             * @default 0
             */
            seconds: number;
        };
        "io.k8s.api.core.v1.StorageOSPersistentVolumeSource": {
            fsType?: string;
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            volumeName?: string;
            volumeNamespace?: string;
        };
        "io.k8s.api.core.v1.StorageOSVolumeSource": {
            fsType?: string;
            readOnly?: boolean;
            secretRef?: components["schemas"]["io.k8s.api.core.v1.LocalObjectReference"];
            volumeName?: string;
            volumeNamespace?: string;
        };
        "io.k8s.api.core.v1.Sysctl": {
            /** @default  */
            name: string;
            /** @default  */
            value: string;
        };
        "io.k8s.api.core.v1.TCPSocketAction": {
            host?: string;
            port: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
        };
        "io.k8s.api.core.v1.Taint": {
            /** @default  */
            effect: string;
            /** @default  */
            key: string;
            timeAdded?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            value?: string;
        };
        "io.k8s.api.core.v1.Toleration": {
            effect?: string;
            key?: string;
            operator?: string;
            /** Format: int64 */
            tolerationSeconds?: number;
            value?: string;
        };
        "io.k8s.api.core.v1.TopologySelectorLabelRequirement": {
            /** @default  */
            key: string;
            values: string[];
        };
        "io.k8s.api.core.v1.TopologySelectorTerm": {
            matchLabelExpressions?: components["schemas"]["io.k8s.api.core.v1.TopologySelectorLabelRequirement"][];
        };
        "io.k8s.api.core.v1.TopologySpreadConstraint": {
            labelSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            matchLabelKeys?: string[];
            /**
             * Format: int32
             * @default 0
             */
            maxSkew: number;
            /** Format: int32 */
            minDomains?: number;
            nodeAffinityPolicy?: string;
            nodeTaintsPolicy?: string;
            /** @default  */
            topologyKey: string;
            /** @default  */
            whenUnsatisfiable: string;
        };
        "io.k8s.api.core.v1.TypedLocalObjectReference": {
            apiGroup?: string;
            /** @default  */
            kind: string;
            /** @default  */
            name: string;
        };
        "io.k8s.api.core.v1.TypedObjectReference": {
            apiGroup?: string;
            /** @default  */
            kind: string;
            /** @default  */
            name: string;
            namespace?: string;
        };
        /** @description Storage that containers of the pod can mount. */
        "io.k8s.api.core.v1.Volume": {
            awsElasticBlockStore?: components["schemas"]["io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource"];
            azureDisk?: components["schemas"]["io.k8s.api.core.v1.AzureDiskVolumeSource"];
            azureFile?: components["schemas"]["io.k8s.api.core.v1.AzureFileVolumeSource"];
            cephfs?: components["schemas"]["io.k8s.api.core.v1.CephFSVolumeSource"];
            cinder?: components["schemas"]["io.k8s.api.core.v1.CinderVolumeSource"];
            configMap?: components["schemas"]["io.k8s.api.core.v1.ConfigMapVolumeSource"];
            csi?: components["schemas"]["io.k8s.api.core.v1.CSIVolumeSource"];
            downwardAPI?: components["schemas"]["io.k8s.api.core.v1.DownwardAPIVolumeSource"];
            emptyDir?: components["schemas"]["io.k8s.api.core.v1.EmptyDirVolumeSource"];
            ephemeral?: components["schemas"]["io.k8s.api.core.v1.EphemeralVolumeSource"];
            fc?: components["schemas"]["io.k8s.api.core.v1.FCVolumeSource"];
            flexVolume?: components["schemas"]["io.k8s.api.core.v1.FlexVolumeSource"];
            flocker?: components["schemas"]["io.k8s.api.core.v1.FlockerVolumeSource"];
            gcePersistentDisk?: components["schemas"]["io.k8s.api.core.v1.GCEPersistentDiskVolumeSource"];
            gitRepo?: components["schemas"]["io.k8s.api.core.v1.GitRepoVolumeSource"];
            glusterfs?: components["schemas"]["io.k8s.api.core.v1.GlusterfsVolumeSource"];
            hostPath?: components["schemas"]["io.k8s.api.core.v1.HostPathVolumeSource"];
            image?: components["schemas"]["io.k8s.api.core.v1.ImageVolumeSource"];
            iscsi?: components["schemas"]["io.k8s.api.core.v1.ISCSIVolumeSource"];
            /** @default  */
            name: string;
            nfs?: components["schemas"]["io.k8s.api.core.v1.NFSVolumeSource"];
            persistentVolumeClaim?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource"];
            photonPersistentDisk?: components["schemas"]["io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource"];
            portworxVolume?: components["schemas"]["io.k8s.api.core.v1.PortworxVolumeSource"];
            projected?: components["schemas"]["io.k8s.api.core.v1.ProjectedVolumeSource"];
            quobyte?: components["schemas"]["io.k8s.api.core.v1.QuobyteVolumeSource"];
            rbd?: components["schemas"]["io.k8s.api.core.v1.RBDVolumeSource"];
            scaleIO?: components["schemas"]["io.k8s.api.core.v1.ScaleIOVolumeSource"];
            secret?: components["schemas"]["io.k8s.api.core.v1.SecretVolumeSource"];
            storageos?: components["schemas"]["io.k8s.api.core.v1.StorageOSVolumeSource"];
            vsphereVolume?: components["schemas"]["io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource"];
        };
        "io.k8s.api.core.v1.VolumeDevice": {
            /** @default  */
            devicePath: string;
            /** @default  */
            name: string;
        };
        /** @description Where a container sees a volume. */
        "io.k8s.api.core.v1.VolumeMount": {
            /**
             * @description Path in the container.
             * @default
             */
            mountPath: string;
            /** @description How later mounts pass: None, HostToContainer or Bidirectional. */
            mountPropagation?: string;
            /**
             * @description Name of the volume.
             * @default
             */
            name: string;
            /** @description Mount without writing. */
            readOnly?: boolean;
            recursiveReadOnly?: string;
            /** @description Path in the volume. */
            subPath?: string;
            /** @description Path in the volume, with variables. */
            subPathExpr?: string;
        };
        "io.k8s.api.core.v1.VolumeMountStatus": {
            /** @default  */
            mountPath: string;
            /** @default  */
            name: string;
            readOnly?: boolean;
            recursiveReadOnly?: string;
            volumeStatus?: components["schemas"]["io.k8s.api.core.v1.VolumeStatus"];
        };
        "io.k8s.api.core.v1.VolumeNodeAffinity": {
            required?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
        };
        "io.k8s.api.core.v1.VolumeProjection": {
            clusterTrustBundle?: components["schemas"]["io.k8s.api.core.v1.ClusterTrustBundleProjection"];
            configMap?: components["schemas"]["io.k8s.api.core.v1.ConfigMapProjection"];
            downwardAPI?: components["schemas"]["io.k8s.api.core.v1.DownwardAPIProjection"];
            podCertificate?: components["schemas"]["io.k8s.api.core.v1.PodCertificateProjection"];
            secret?: components["schemas"]["io.k8s.api.core.v1.SecretProjection"];
            serviceAccountToken?: components["schemas"]["io.k8s.api.core.v1.ServiceAccountTokenProjection"];
        };
        "io.k8s.api.core.v1.VolumeResourceRequirements": {
            limits?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            requests?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        "io.k8s.api.core.v1.VolumeStatus": {
            image?: components["schemas"]["io.k8s.api.core.v1.ImageVolumeStatus"];
        };
        "io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource": {
            fsType?: string;
            storagePolicyID?: string;
            storagePolicyName?: string;
            /** @default  */
            volumePath: string;
        };
        "io.k8s.api.core.v1.WeightedPodAffinityTerm": {
            /** @default {} */
            podAffinityTerm: components["schemas"]["io.k8s.api.core.v1.PodAffinityTerm"];
            /**
             * Format: int32
             * @default 0
             */
            weight: number;
        };
        "io.k8s.api.core.v1.WindowsSecurityContextOptions": {
            gmsaCredentialSpec?: string;
            gmsaCredentialSpecName?: string;
            hostProcess?: boolean;
            runAsUserName?: string;
        };
        "io.k8s.api.discovery.v1.Endpoint": {
            addresses: string[];
            /** @default {} */
            conditions?: components["schemas"]["io.k8s.api.discovery.v1.EndpointConditions"];
            deprecatedTopology?: {
                [key: string]: string;
            };
            hints?: components["schemas"]["io.k8s.api.discovery.v1.EndpointHints"];
            hostname?: string;
            nodeName?: string;
            targetRef?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            zone?: string;
        };
        "io.k8s.api.discovery.v1.EndpointConditions": {
            ready?: boolean;
            serving?: boolean;
            terminating?: boolean;
        };
        "io.k8s.api.discovery.v1.EndpointHints": {
            forNodes?: components["schemas"]["io.k8s.api.discovery.v1.ForNode"][];
            forZones?: components["schemas"]["io.k8s.api.discovery.v1.ForZone"][];
        };
        "io.k8s.api.discovery.v1.EndpointPort": {
            appProtocol?: string;
            name?: string;
            /** Format: int32 */
            port?: number;
            protocol?: string;
        };
        /** @description Some of the addresses behind a Service. */
        "io.k8s.api.discovery.v1.EndpointSlice": {
            /** @default  */
            addressType: string;
            apiVersion?: string;
            endpoints?: components["schemas"]["io.k8s.api.discovery.v1.Endpoint"][];
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            ports?: components["schemas"]["io.k8s.api.discovery.v1.EndpointPort"][];
        };
        "io.k8s.api.discovery.v1.ForNode": {
            /** @default  */
            name: string;
        };
        "io.k8s.api.discovery.v1.ForZone": {
            /** @default  */
            name: string;
        };
        /** @description Something that happened to an object; kept for about an hour. */
        "io.k8s.api.events.v1.Event": {
            action?: string;
            apiVersion?: string;
            /** Format: int32 */
            deprecatedCount?: number;
            deprecatedFirstTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            deprecatedLastTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @default {} */
            deprecatedSource?: components["schemas"]["io.k8s.api.core.v1.EventSource"];
            eventTime: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            note?: string;
            reason?: string;
            /** @default {} */
            regarding?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            related?: components["schemas"]["io.k8s.api.core.v1.ObjectReference"];
            reportingController?: string;
            reportingInstance?: string;
            series?: components["schemas"]["io.k8s.api.events.v1.EventSeries"];
            type?: string;
        };
        "io.k8s.api.events.v1.EventSeries": {
            /**
             * Format: int32
             * @default 0
             */
            count: number;
            lastObservedTime: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"];
        };
        "io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration": {
            /** Format: int32 */
            lendablePercent?: number;
            /** Format: int32 */
            nominalConcurrencyShares?: number;
        };
        "io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod": {
            /** @default  */
            type: string;
        };
        /** @description Sorts requests into a priority level. */
        "io.k8s.api.flowcontrol.v1.FlowSchema": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.flowcontrol.v1.FlowSchemaSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.flowcontrol.v1.FlowSchemaStatus"];
        };
        "io.k8s.api.flowcontrol.v1.FlowSchemaCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            status?: string;
            type?: string;
        };
        "io.k8s.api.flowcontrol.v1.FlowSchemaSpec": {
            distinguisherMethod?: components["schemas"]["io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod"];
            /**
             * Format: int32
             * @default 0
             */
            matchingPrecedence?: number;
            /** @default {} */
            priorityLevelConfiguration: components["schemas"]["io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference"];
            rules?: components["schemas"]["io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects"][];
        };
        "io.k8s.api.flowcontrol.v1.FlowSchemaStatus": {
            conditions?: components["schemas"]["io.k8s.api.flowcontrol.v1.FlowSchemaCondition"][];
        };
        "io.k8s.api.flowcontrol.v1.GroupSubject": {
            /** @default  */
            name: string;
        };
        "io.k8s.api.flowcontrol.v1.LimitResponse": {
            queuing?: components["schemas"]["io.k8s.api.flowcontrol.v1.QueuingConfiguration"];
            /** @default  */
            type: string;
        };
        "io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration": {
            /** Format: int32 */
            borrowingLimitPercent?: number;
            /** Format: int32 */
            lendablePercent?: number;
            /** @default {} */
            limitResponse?: components["schemas"]["io.k8s.api.flowcontrol.v1.LimitResponse"];
            /** Format: int32 */
            nominalConcurrencyShares?: number;
        };
        "io.k8s.api.flowcontrol.v1.NonResourcePolicyRule": {
            nonResourceURLs: string[];
            verbs: string[];
        };
        "io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects": {
            nonResourceRules?: components["schemas"]["io.k8s.api.flowcontrol.v1.NonResourcePolicyRule"][];
            resourceRules?: components["schemas"]["io.k8s.api.flowcontrol.v1.ResourcePolicyRule"][];
            subjects: components["schemas"]["io.k8s.api.flowcontrol.v1.Subject"][];
        };
        /** @description How many requests of a priority run at once, and what happens to more. */
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus"];
        };
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            status?: string;
            type?: string;
        };
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference": {
            /** @default  */
            name: string;
        };
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec": {
            exempt?: components["schemas"]["io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration"];
            limited?: components["schemas"]["io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration"];
            /** @default  */
            type: string;
        };
        "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus": {
            conditions?: components["schemas"]["io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition"][];
        };
        "io.k8s.api.flowcontrol.v1.QueuingConfiguration": {
            /**
             * Format: int32
             * @default 0
             */
            handSize?: number;
            /**
             * Format: int32
             * @default 0
             */
            queueLengthLimit?: number;
            /**
             * Format: int32
             * @default 0
             */
            queues?: number;
        };
        "io.k8s.api.flowcontrol.v1.ResourcePolicyRule": {
            apiGroups: string[];
            clusterScope?: boolean;
            namespaces?: string[];
            resources: string[];
            verbs: string[];
        };
        "io.k8s.api.flowcontrol.v1.ServiceAccountSubject": {
            /** @default  */
            name: string;
            /** @default  */
            namespace: string;
        };
        "io.k8s.api.flowcontrol.v1.Subject": {
            group?: components["schemas"]["io.k8s.api.flowcontrol.v1.GroupSubject"];
            /** @default  */
            kind: string;
            serviceAccount?: components["schemas"]["io.k8s.api.flowcontrol.v1.ServiceAccountSubject"];
            user?: components["schemas"]["io.k8s.api.flowcontrol.v1.UserSubject"];
        };
        "io.k8s.api.flowcontrol.v1.UserSubject": {
            /** @default  */
            name: string;
        };
        "io.k8s.api.networking.v1.HTTPIngressPath": {
            /** @default {} */
            backend: components["schemas"]["io.k8s.api.networking.v1.IngressBackend"];
            path?: string;
            pathType: string;
        };
        "io.k8s.api.networking.v1.HTTPIngressRuleValue": {
            paths: components["schemas"]["io.k8s.api.networking.v1.HTTPIngressPath"][];
        };
        /** @description One address that is taken from a ServiceCIDR. */
        "io.k8s.api.networking.v1.IPAddress": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.networking.v1.IPAddressSpec"];
        };
        "io.k8s.api.networking.v1.IPAddressSpec": {
            parentRef: components["schemas"]["io.k8s.api.networking.v1.ParentReference"];
        };
        "io.k8s.api.networking.v1.IPBlock": {
            /** @default  */
            cidr: string;
            except?: string[];
        };
        /** @description Leads HTTP requests from outside to Services. */
        "io.k8s.api.networking.v1.Ingress": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.networking.v1.IngressSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.networking.v1.IngressStatus"];
        };
        "io.k8s.api.networking.v1.IngressBackend": {
            resource?: components["schemas"]["io.k8s.api.core.v1.TypedLocalObjectReference"];
            service?: components["schemas"]["io.k8s.api.networking.v1.IngressServiceBackend"];
        };
        /** @description Names the controller that serves an Ingress. */
        "io.k8s.api.networking.v1.IngressClass": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.networking.v1.IngressClassSpec"];
        };
        "io.k8s.api.networking.v1.IngressClassParametersReference": {
            apiGroup?: string;
            /** @default  */
            kind: string;
            /** @default  */
            name: string;
            namespace?: string;
            scope?: string;
        };
        "io.k8s.api.networking.v1.IngressClassSpec": {
            controller?: string;
            parameters?: components["schemas"]["io.k8s.api.networking.v1.IngressClassParametersReference"];
        };
        "io.k8s.api.networking.v1.IngressLoadBalancerIngress": {
            hostname?: string;
            ip?: string;
            ports?: components["schemas"]["io.k8s.api.networking.v1.IngressPortStatus"][];
        };
        "io.k8s.api.networking.v1.IngressLoadBalancerStatus": {
            ingress?: components["schemas"]["io.k8s.api.networking.v1.IngressLoadBalancerIngress"][];
        };
        "io.k8s.api.networking.v1.IngressPortStatus": {
            error?: string;
            /**
             * Format: int32
             * @default 0
             */
            port: number;
            /** @default  */
            protocol: string;
        };
        "io.k8s.api.networking.v1.IngressRule": {
            host?: string;
            http?: components["schemas"]["io.k8s.api.networking.v1.HTTPIngressRuleValue"];
        };
        "io.k8s.api.networking.v1.IngressServiceBackend": {
            /** @default  */
            name: string;
            /** @default {} */
            port?: components["schemas"]["io.k8s.api.networking.v1.ServiceBackendPort"];
        };
        "io.k8s.api.networking.v1.IngressSpec": {
            /** @description Where requests go that no rule matches. */
            defaultBackend?: components["schemas"]["io.k8s.api.networking.v1.IngressBackend"];
            /** @description Name of the IngressClass. */
            ingressClassName?: string;
            /** @description Rules by host and path. */
            rules?: components["schemas"]["io.k8s.api.networking.v1.IngressRule"][];
            /** @description Certificates by host. */
            tls?: components["schemas"]["io.k8s.api.networking.v1.IngressTLS"][];
        };
        "io.k8s.api.networking.v1.IngressStatus": {
            /** @default {} */
            loadBalancer?: components["schemas"]["io.k8s.api.networking.v1.IngressLoadBalancerStatus"];
        };
        "io.k8s.api.networking.v1.IngressTLS": {
            hosts?: string[];
            secretName?: string;
        };
        /** @description Says who may talk to a set of pods. */
        "io.k8s.api.networking.v1.NetworkPolicy": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicySpec"];
        };
        "io.k8s.api.networking.v1.NetworkPolicyEgressRule": {
            ports?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyPort"][];
            to?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyPeer"][];
        };
        "io.k8s.api.networking.v1.NetworkPolicyIngressRule": {
            from?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyPeer"][];
            ports?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyPort"][];
        };
        "io.k8s.api.networking.v1.NetworkPolicyPeer": {
            ipBlock?: components["schemas"]["io.k8s.api.networking.v1.IPBlock"];
            namespaceSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            podSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
        };
        "io.k8s.api.networking.v1.NetworkPolicyPort": {
            /** Format: int32 */
            endPort?: number;
            port?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            protocol?: string;
        };
        "io.k8s.api.networking.v1.NetworkPolicySpec": {
            /** @description Where the pods may connect to. */
            egress?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyEgressRule"][];
            /** @description Who may connect to the pods. */
            ingress?: components["schemas"]["io.k8s.api.networking.v1.NetworkPolicyIngressRule"][];
            /**
             * @description The pods that this is about.
             * @default {}
             */
            podSelector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description Ingress, Egress or both. */
            policyTypes?: string[];
        };
        "io.k8s.api.networking.v1.ParentReference": {
            group?: string;
            name: string;
            namespace?: string;
            resource: string;
        };
        "io.k8s.api.networking.v1.ServiceBackendPort": {
            name?: string;
            /** Format: int32 */
            number?: number;
        };
        /** @description A range that cluster addresses of Services come from. */
        "io.k8s.api.networking.v1.ServiceCIDR": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.networking.v1.ServiceCIDRSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.networking.v1.ServiceCIDRStatus"];
        };
        "io.k8s.api.networking.v1.ServiceCIDRSpec": {
            /** @description The ranges, one a family. */
            cidrs?: string[];
        };
        "io.k8s.api.networking.v1.ServiceCIDRStatus": {
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
        };
        "io.k8s.api.node.v1.Overhead": {
            podFixed?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        /** @description A way in which containers can be run. */
        "io.k8s.api.node.v1.RuntimeClass": {
            apiVersion?: string;
            /** @default  */
            handler: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            overhead?: components["schemas"]["io.k8s.api.node.v1.Overhead"];
            scheduling?: components["schemas"]["io.k8s.api.node.v1.Scheduling"];
        };
        "io.k8s.api.node.v1.Scheduling": {
            nodeSelector?: {
                [key: string]: string;
            };
            tolerations?: components["schemas"]["io.k8s.api.core.v1.Toleration"][];
        };
        "io.k8s.api.policy.v1.Eviction": {
            apiVersion?: string;
            deleteOptions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"];
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
        };
        /** @description How many pods of a set may be taken down at once on purpose. */
        "io.k8s.api.policy.v1.PodDisruptionBudget": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.api.policy.v1.PodDisruptionBudgetSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.policy.v1.PodDisruptionBudgetStatus"];
        };
        "io.k8s.api.policy.v1.PodDisruptionBudgetSpec": {
            /** @description Pods that may be down: a number or a percentage. */
            maxUnavailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** @description Pods that must stay up: a number or a percentage. */
            minAvailable?: components["schemas"]["io.k8s.apimachinery.pkg.util.intstr.IntOrString"];
            /** @description The pods that this is about. */
            selector?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @description IfHealthyBudget or AlwaysAllow. */
            unhealthyPodEvictionPolicy?: string;
        };
        "io.k8s.api.policy.v1.PodDisruptionBudgetStatus": {
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
            /**
             * Format: int32
             * @default 0
             */
            currentHealthy?: number;
            /**
             * Format: int32
             * @default 0
             */
            desiredHealthy?: number;
            disruptedPods?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            };
            /**
             * Format: int32
             * @default 0
             */
            disruptionsAllowed?: number;
            /**
             * Format: int32
             * @default 0
             */
            expectedPods?: number;
            /** Format: int64 */
            observedGeneration?: number;
        };
        "io.k8s.api.rbac.v1.AggregationRule": {
            clusterRoleSelectors?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"][];
        };
        /** @description Rights on cluster-wide objects, or for use in any namespace. */
        "io.k8s.api.rbac.v1.ClusterRole": {
            aggregationRule?: components["schemas"]["io.k8s.api.rbac.v1.AggregationRule"];
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            rules?: components["schemas"]["io.k8s.api.rbac.v1.PolicyRule"][];
        };
        /** @description Gives a ClusterRole to users everywhere. */
        "io.k8s.api.rbac.v1.ClusterRoleBinding": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            roleRef: components["schemas"]["io.k8s.api.rbac.v1.RoleRef"];
            subjects?: components["schemas"]["io.k8s.api.rbac.v1.Subject"][];
        };
        "io.k8s.api.rbac.v1.PolicyRule": {
            /** @description API groups; * for all. */
            apiGroups?: string[];
            /** @description URL paths; * at the end stands for anything. */
            nonResourceURLs?: string[];
            /** @description Names; empty for all. */
            resourceNames?: string[];
            /** @description Resources; * for all. */
            resources?: string[];
            /** @description What may be done; * for all. */
            verbs: string[];
        };
        /** @description Rights within one namespace. */
        "io.k8s.api.rbac.v1.Role": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            rules?: components["schemas"]["io.k8s.api.rbac.v1.PolicyRule"][];
        };
        /** @description Gives a role to users within one namespace. */
        "io.k8s.api.rbac.v1.RoleBinding": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            roleRef: components["schemas"]["io.k8s.api.rbac.v1.RoleRef"];
            subjects?: components["schemas"]["io.k8s.api.rbac.v1.Subject"][];
        };
        "io.k8s.api.rbac.v1.RoleRef": {
            /** @default  */
            apiGroup?: string;
            /** @default  */
            kind: string;
            /** @default  */
            name: string;
        };
        "io.k8s.api.rbac.v1.Subject": {
            apiGroup?: string;
            /** @default  */
            kind: string;
            /** @default  */
            name: string;
            namespace?: string;
        };
        "io.k8s.api.resource.v1.AllocatedDeviceStatus": {
            conditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Condition"][];
            data?: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
            /** @default  */
            device: string;
            /** @default  */
            driver: string;
            networkData?: components["schemas"]["io.k8s.api.resource.v1.NetworkDeviceData"];
            /** @default  */
            pool: string;
            shareID?: string;
        };
        "io.k8s.api.resource.v1.AllocationResult": {
            allocationTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @default {} */
            devices?: components["schemas"]["io.k8s.api.resource.v1.DeviceAllocationResult"];
            nodeSelector?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
        };
        "io.k8s.api.resource.v1.CELDeviceSelector": {
            /** @default  */
            expression: string;
        };
        "io.k8s.api.resource.v1.CapacityRequestPolicy": {
            default?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            validRange?: components["schemas"]["io.k8s.api.resource.v1.CapacityRequestPolicyRange"];
            validValues?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"][];
        };
        "io.k8s.api.resource.v1.CapacityRequestPolicyRange": {
            max?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            min: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            step?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        "io.k8s.api.resource.v1.CapacityRequirements": {
            requests?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
        };
        "io.k8s.api.resource.v1.Counter": {
            value: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        "io.k8s.api.resource.v1.CounterSet": {
            counters: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.Counter"];
            };
            /** @default  */
            name: string;
        };
        "io.k8s.api.resource.v1.Device": {
            allNodes?: boolean;
            allowMultipleAllocations?: boolean;
            attributes?: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.DeviceAttribute"];
            };
            bindingConditions?: string[];
            bindingFailureConditions?: string[];
            bindsToNode?: boolean;
            capacity?: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.DeviceCapacity"];
            };
            consumesCounters?: components["schemas"]["io.k8s.api.resource.v1.DeviceCounterConsumption"][];
            /** @default  */
            name: string;
            nodeAllocatableResourceMappings?: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.NodeAllocatableResourceMapping"];
            };
            nodeName?: string;
            nodeSelector?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
            taints?: components["schemas"]["io.k8s.api.resource.v1.DeviceTaint"][];
        };
        "io.k8s.api.resource.v1.DeviceAllocationConfiguration": {
            opaque?: components["schemas"]["io.k8s.api.resource.v1.OpaqueDeviceConfiguration"];
            requests?: string[];
            /** @default  */
            source: string;
        };
        "io.k8s.api.resource.v1.DeviceAllocationResult": {
            config?: components["schemas"]["io.k8s.api.resource.v1.DeviceAllocationConfiguration"][];
            results?: components["schemas"]["io.k8s.api.resource.v1.DeviceRequestAllocationResult"][];
        };
        "io.k8s.api.resource.v1.DeviceAttribute": {
            bool?: boolean;
            bools?: boolean[];
            /** Format: int64 */
            int?: number;
            ints?: number[];
            string?: string;
            strings?: string[];
            version?: string;
            versions?: string[];
        };
        "io.k8s.api.resource.v1.DeviceCapacity": {
            requestPolicy?: components["schemas"]["io.k8s.api.resource.v1.CapacityRequestPolicy"];
            value: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
        };
        "io.k8s.api.resource.v1.DeviceClaim": {
            config?: components["schemas"]["io.k8s.api.resource.v1.DeviceClaimConfiguration"][];
            constraints?: components["schemas"]["io.k8s.api.resource.v1.DeviceConstraint"][];
            requests?: components["schemas"]["io.k8s.api.resource.v1.DeviceRequest"][];
        };
        "io.k8s.api.resource.v1.DeviceClaimConfiguration": {
            opaque?: components["schemas"]["io.k8s.api.resource.v1.OpaqueDeviceConfiguration"];
            requests?: string[];
        };
        /** @description Devices of a sort, with settings. */
        "io.k8s.api.resource.v1.DeviceClass": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.resource.v1.DeviceClassSpec"];
        };
        "io.k8s.api.resource.v1.DeviceClassConfiguration": {
            opaque?: components["schemas"]["io.k8s.api.resource.v1.OpaqueDeviceConfiguration"];
        };
        "io.k8s.api.resource.v1.DeviceClassSpec": {
            config?: components["schemas"]["io.k8s.api.resource.v1.DeviceClassConfiguration"][];
            extendedResourceName?: string;
            selectors?: components["schemas"]["io.k8s.api.resource.v1.DeviceSelector"][];
        };
        "io.k8s.api.resource.v1.DeviceConstraint": {
            distinctAttribute?: string;
            matchAttribute?: string;
            requests?: string[];
        };
        "io.k8s.api.resource.v1.DeviceCounterConsumption": {
            /** @default  */
            counterSet: string;
            counters: {
                [key: string]: components["schemas"]["io.k8s.api.resource.v1.Counter"];
            };
        };
        "io.k8s.api.resource.v1.DeviceRequest": {
            exactly?: components["schemas"]["io.k8s.api.resource.v1.ExactDeviceRequest"];
            firstAvailable?: components["schemas"]["io.k8s.api.resource.v1.DeviceSubRequest"][];
            /** @default  */
            name: string;
        };
        "io.k8s.api.resource.v1.DeviceRequestAllocationResult": {
            adminAccess?: boolean;
            bindingConditions?: string[];
            bindingFailureConditions?: string[];
            consumedCapacity?: {
                [key: string]: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            };
            /** @default  */
            device: string;
            /** @default  */
            driver: string;
            /** @default  */
            pool: string;
            /** @default  */
            request: string;
            shareID?: string;
            tolerations?: components["schemas"]["io.k8s.api.resource.v1.DeviceToleration"][];
        };
        "io.k8s.api.resource.v1.DeviceSelector": {
            cel?: components["schemas"]["io.k8s.api.resource.v1.CELDeviceSelector"];
        };
        "io.k8s.api.resource.v1.DeviceSubRequest": {
            allocationMode?: string;
            capacity?: components["schemas"]["io.k8s.api.resource.v1.CapacityRequirements"];
            /** Format: int64 */
            count?: number;
            /** @default  */
            deviceClassName: string;
            /** @default  */
            name: string;
            selectors?: components["schemas"]["io.k8s.api.resource.v1.DeviceSelector"][];
            tolerations?: components["schemas"]["io.k8s.api.resource.v1.DeviceToleration"][];
        };
        "io.k8s.api.resource.v1.DeviceTaint": {
            /** @default  */
            effect: string;
            /** @default  */
            key: string;
            timeAdded?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            value?: string;
        };
        "io.k8s.api.resource.v1.DeviceToleration": {
            effect?: string;
            key?: string;
            /** @default Equal */
            operator?: string;
            /** Format: int64 */
            tolerationSeconds?: number;
            value?: string;
        };
        "io.k8s.api.resource.v1.ExactDeviceRequest": {
            adminAccess?: boolean;
            allocationMode?: string;
            capacity?: components["schemas"]["io.k8s.api.resource.v1.CapacityRequirements"];
            /** Format: int64 */
            count?: number;
            /** @default  */
            deviceClassName: string;
            selectors?: components["schemas"]["io.k8s.api.resource.v1.DeviceSelector"][];
            tolerations?: components["schemas"]["io.k8s.api.resource.v1.DeviceToleration"][];
        };
        "io.k8s.api.resource.v1.NetworkDeviceData": {
            hardwareAddress?: string;
            interfaceName?: string;
            ips?: string[];
        };
        "io.k8s.api.resource.v1.NodeAllocatableResourceMapping": {
            allocationMultiplier?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            capacityKey?: string;
        };
        "io.k8s.api.resource.v1.OpaqueDeviceConfiguration": {
            /** @default  */
            driver: string;
            parameters: components["schemas"]["io.k8s.apimachinery.pkg.runtime.RawExtension"];
        };
        /** @description Asks for devices. */
        "io.k8s.api.resource.v1.ResourceClaim": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimStatus"];
        };
        "io.k8s.api.resource.v1.ResourceClaimConsumerReference": {
            apiGroup?: string;
            /** @default  */
            name: string;
            /** @default  */
            resource: string;
            /** @default  */
            uid: string;
        };
        "io.k8s.api.resource.v1.ResourceClaimSpec": {
            /** @default {} */
            devices?: components["schemas"]["io.k8s.api.resource.v1.DeviceClaim"];
        };
        "io.k8s.api.resource.v1.ResourceClaimStatus": {
            allocation?: components["schemas"]["io.k8s.api.resource.v1.AllocationResult"];
            devices?: components["schemas"]["io.k8s.api.resource.v1.AllocatedDeviceStatus"][];
            reservedFor?: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimConsumerReference"][];
        };
        /** @description From which claims for pods are made. */
        "io.k8s.api.resource.v1.ResourceClaimTemplate": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimTemplateSpec"];
        };
        "io.k8s.api.resource.v1.ResourceClaimTemplateSpec": {
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.resource.v1.ResourceClaimSpec"];
        };
        "io.k8s.api.resource.v1.ResourcePool": {
            /**
             * Format: int64
             * @default 0
             */
            generation: number;
            /** @default  */
            name: string;
            /**
             * Format: int64
             * @default 0
             */
            resourceSliceCount: number;
        };
        /** @description Devices that a driver offers. */
        "io.k8s.api.resource.v1.ResourceSlice": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.resource.v1.ResourceSliceSpec"];
        };
        "io.k8s.api.resource.v1.ResourceSliceSpec": {
            allNodes?: boolean;
            devices?: components["schemas"]["io.k8s.api.resource.v1.Device"][];
            /** @default  */
            driver: string;
            nodeName?: string;
            nodeSelector?: components["schemas"]["io.k8s.api.core.v1.NodeSelector"];
            perDeviceNodeSelection?: boolean;
            /** @default {} */
            pool: components["schemas"]["io.k8s.api.resource.v1.ResourcePool"];
            sharedCounters?: components["schemas"]["io.k8s.api.resource.v1.CounterSet"][];
        };
        /** @description A name for a priority of pods. */
        "io.k8s.api.scheduling.v1.PriorityClass": {
            apiVersion?: string;
            description?: string;
            globalDefault?: boolean;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            preemptionPolicy?: string;
            /**
             * Format: int32
             * @default 0
             */
            value?: number;
        };
        /** @description What a storage driver can do. */
        "io.k8s.api.storage.v1.CSIDriver": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.storage.v1.CSIDriverSpec"];
        };
        "io.k8s.api.storage.v1.CSIDriverSpec": {
            attachRequired?: boolean;
            fsGroupPolicy?: string;
            /** Format: int64 */
            nodeAllocatableUpdatePeriodSeconds?: number;
            podInfoOnMount?: boolean;
            preventPodSchedulingIfMissing?: boolean;
            requiresRepublish?: boolean;
            seLinuxMount?: boolean;
            serviceAccountTokenInSecrets?: boolean;
            storageCapacity?: boolean;
            tokenRequests?: components["schemas"]["io.k8s.api.storage.v1.TokenRequest"][];
            volumeLifecycleModes?: string[];
        };
        /** @description Storage drivers on a node. */
        "io.k8s.api.storage.v1.CSINode": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.storage.v1.CSINodeSpec"];
        };
        "io.k8s.api.storage.v1.CSINodeDriver": {
            allocatable?: components["schemas"]["io.k8s.api.storage.v1.VolumeNodeResources"];
            /** @default  */
            name: string;
            /** @default  */
            nodeID: string;
            topologyKeys?: string[];
        };
        "io.k8s.api.storage.v1.CSINodeSpec": {
            drivers: components["schemas"]["io.k8s.api.storage.v1.CSINodeDriver"][];
        };
        /** @description Storage that is left of a class in one part of the cluster. */
        "io.k8s.api.storage.v1.CSIStorageCapacity": {
            apiVersion?: string;
            capacity?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            kind?: string;
            maximumVolumeSize?: components["schemas"]["io.k8s.apimachinery.pkg.api.resource.Quantity"];
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            nodeTopology?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"];
            /** @default  */
            storageClassName: string;
        };
        /** @description A way in which volumes are made. */
        "io.k8s.api.storage.v1.StorageClass": {
            /** @description Whether volumes may grow. */
            allowVolumeExpansion?: boolean;
            allowedTopologies?: components["schemas"]["io.k8s.api.core.v1.TopologySelectorTerm"][];
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            mountOptions?: string[];
            /** @description Settings for the provisioner. */
            parameters?: {
                [key: string]: string;
            };
            /**
             * @description Who makes the volumes.
             * @default
             */
            provisioner: string;
            /** @description Delete or Retain volumes that are given back. */
            reclaimPolicy?: string;
            /** @description Immediate or WaitForFirstConsumer. */
            volumeBindingMode?: string;
        };
        "io.k8s.api.storage.v1.TokenRequest": {
            /** @default  */
            audience: string;
            /** Format: int64 */
            expirationSeconds?: number;
        };
        /** @description Asks that a volume be attached to a node. */
        "io.k8s.api.storage.v1.VolumeAttachment": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.api.storage.v1.VolumeAttachmentSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.api.storage.v1.VolumeAttachmentStatus"];
        };
        "io.k8s.api.storage.v1.VolumeAttachmentSource": {
            inlineVolumeSpec?: components["schemas"]["io.k8s.api.core.v1.PersistentVolumeSpec"];
            persistentVolumeName?: string;
        };
        "io.k8s.api.storage.v1.VolumeAttachmentSpec": {
            /** @default  */
            attacher: string;
            /** @default  */
            nodeName: string;
            /** @default {} */
            source: components["schemas"]["io.k8s.api.storage.v1.VolumeAttachmentSource"];
        };
        "io.k8s.api.storage.v1.VolumeAttachmentStatus": {
            attachError?: components["schemas"]["io.k8s.api.storage.v1.VolumeError"];
            /** @default false */
            attached: boolean;
            attachmentMetadata?: {
                [key: string]: string;
            };
            detachError?: components["schemas"]["io.k8s.api.storage.v1.VolumeError"];
        };
        /** @description Changeable attributes of volumes. */
        "io.k8s.api.storage.v1.VolumeAttributesClass": {
            apiVersion?: string;
            /** @default  */
            driverName: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            parameters?: {
                [key: string]: string;
            };
        };
        "io.k8s.api.storage.v1.VolumeError": {
            /** Format: int32 */
            errorCode?: number;
            message?: string;
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        "io.k8s.api.storage.v1.VolumeNodeResources": {
            /** Format: int32 */
            count?: number;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition": {
            description?: string;
            format?: string;
            /** @default  */
            jsonPath: string;
            /** @default  */
            name: string;
            /** Format: int32 */
            priority?: number;
            /** @default  */
            type: string;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion": {
            /** @default  */
            strategy: string;
            webhook?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion"];
        };
        /** @description A kind of your own. */
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus"];
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            /** Format: int64 */
            observedGeneration?: number;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames": {
            categories?: string[];
            /** @default  */
            kind: string;
            listKind?: string;
            /** @default  */
            plural: string;
            shortNames?: string[];
            singular?: string;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec": {
            conversion?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion"];
            /** @default  */
            group: string;
            /** @default {} */
            names: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames"];
            preserveUnknownFields?: boolean;
            /** @default  */
            scope: string;
            versions: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion"][];
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus": {
            /** @default {} */
            acceptedNames?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames"];
            conditions?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition"][];
            /** Format: int64 */
            observedGeneration?: number;
            storedVersions?: string[];
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion": {
            additionalPrinterColumns?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition"][];
            deprecated?: boolean;
            deprecationWarning?: string;
            /** @default  */
            name: string;
            schema?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation"];
            selectableFields?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField"][];
            /** @default false */
            served: boolean;
            /** @default false */
            storage: boolean;
            subresources?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources"];
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale": {
            labelSelectorPath?: string;
            /** @default  */
            specReplicasPath: string;
            /** @default  */
            statusReplicasPath: string;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus": Record<string, never>;
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources": {
            scale?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale"];
            status?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus"];
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation": {
            openAPIV3Schema?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation": {
            description?: string;
            url?: string;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON": unknown;
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps": {
            $ref?: string;
            $schema?: string;
            additionalItems?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool"];
            additionalProperties?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool"];
            allOf?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"][];
            anyOf?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"][];
            /** @description What an absent field is set to. */
            default?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"];
            definitions?: {
                [key: string]: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
            };
            dependencies?: {
                [key: string]: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray"];
            };
            description?: string;
            enum?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"][];
            example?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"];
            exclusiveMaximum?: boolean;
            exclusiveMinimum?: boolean;
            externalDocs?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation"];
            format?: string;
            id?: string;
            items?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray"];
            /** Format: int64 */
            maxItems?: number;
            /** Format: int64 */
            maxLength?: number;
            /** Format: int64 */
            maxProperties?: number;
            /** Format: double */
            maximum?: number;
            /** Format: int64 */
            minItems?: number;
            /** Format: int64 */
            minLength?: number;
            /** Format: int64 */
            minProperties?: number;
            /** Format: double */
            minimum?: number;
            /** Format: double */
            multipleOf?: number;
            not?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
            nullable?: boolean;
            oneOf?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"][];
            pattern?: string;
            patternProperties?: {
                [key: string]: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
            };
            properties?: {
                [key: string]: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"];
            };
            required?: string[];
            title?: string;
            type?: string;
            uniqueItems?: boolean;
            "x-kubernetes-embedded-resource"?: boolean;
            "x-kubernetes-int-or-string"?: boolean;
            "x-kubernetes-list-map-keys"?: string[];
            "x-kubernetes-list-type"?: string;
            "x-kubernetes-map-type"?: string;
            "x-kubernetes-preserve-unknown-fields"?: boolean;
            "x-kubernetes-validations"?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule"][];
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray": components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"] | components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"][];
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool": components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"] | boolean;
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray": components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"] | string[];
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField": {
            /** @default  */
            jsonPath: string;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference": {
            /** @default  */
            name: string;
            /** @default  */
            namespace: string;
            path?: string;
            /** Format: int32 */
            port?: number;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule": {
            fieldPath?: string;
            message?: string;
            messageExpression?: string;
            optionalOldSelf?: boolean;
            reason?: string;
            /** @default  */
            rule: string;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig": {
            /** Format: byte */
            caBundle?: string;
            service?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference"];
            url?: string;
        };
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion": {
            clientConfig?: components["schemas"]["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig"];
            conversionReviewVersions: string[];
        };
        "io.k8s.apimachinery.pkg.api.resource.Quantity": string;
        "io.k8s.apimachinery.pkg.apis.meta.v1.Condition": {
            lastTransitionTime: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @default  */
            message: string;
            /** Format: int64 */
            observedGeneration?: number;
            /** @default  */
            reason: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions": {
            apiVersion?: string;
            dryRun?: string[];
            /** Format: int64 */
            gracePeriodSeconds?: number;
            ignoreStoreReadErrorWithClusterBreakingPotential?: boolean;
            kind?: string;
            orphanDependents?: boolean;
            preconditions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions"];
            propagationPolicy?: string;
        };
        "io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement": {
            /** @default  */
            key: string;
            /** @default  */
            operator: string;
            values?: string[];
        };
        "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": Record<string, never>;
        "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector": {
            /** @description Requirements, all of which must hold. */
            matchExpressions?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement"][];
            /** @description Labels that must be there. */
            matchLabels?: {
                [key: string]: string;
            };
        };
        "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement": {
            /** @default  */
            key: string;
            /** @default  */
            operator: string;
            values?: string[];
        };
        "io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry": {
            apiVersion?: string;
            fieldsType?: string;
            fieldsV1?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1"];
            manager?: string;
            operation?: string;
            subresource?: string;
            time?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
        };
        /** Format: date-time */
        "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": string;
        "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": {
            /** @description Any further data, for tools. */
            annotations?: {
                [key: string]: string;
            };
            /** @description CreationTimestamp is a timestamp: when the server stored it first. */
            creationTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /**
             * Format: int64
             * @description Seconds that were granted for the end.
             */
            deletionGracePeriodSeconds?: number;
            /** @description When it is to be gone; set by a delete. */
            deletionTimestamp?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            /** @description Who must still clean up before it can go. */
            finalizers?: string[];
            /** @description Beginning of a name that the server completes. */
            generateName?: string;
            /**
             * Format: int64
             * @description Counts changes of the spec.
             */
            generation?: number;
            /** @description Keys and values to select by. */
            labels?: {
                [key: string]: string;
            };
            /** @description Who owns which field. */
            managedFields?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry"][];
            /** @description Name, unique within kind and namespace. */
            name?: string;
            /** @description Namespace it lives in. */
            namespace?: string;
            /** @description Objects it goes with. */
            ownerReferences?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference"][];
            /** @description Version, for optimistic locking and watching. */
            resourceVersion?: string;
            selfLink?: string;
            /** @description Unique for all time. */
            uid?: string;
        };
        "io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference": {
            /** @default  */
            apiVersion: string;
            blockOwnerDeletion?: boolean;
            controller?: boolean;
            /** @default  */
            kind: string;
            /** @default  */
            name: string;
            /** @default  */
            uid: string;
        };
        "io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions": {
            resourceVersion?: string;
            uid?: string;
        };
        /** Format: date-time */
        "io.k8s.apimachinery.pkg.apis.meta.v1.Time": string;
        "io.k8s.apimachinery.pkg.runtime.RawExtension": Record<string, never>;
        /** Format: int-or-string */
        "io.k8s.apimachinery.pkg.util.intstr.IntOrString": number | string;
        /** @description A group and version of the API, and who serves it. */
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService": {
            apiVersion?: string;
            kind?: string;
            /** @default {} */
            metadata?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"];
            /** @default {} */
            spec?: components["schemas"]["io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec"];
            /** @default {} */
            status?: components["schemas"]["io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus"];
        };
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition": {
            lastTransitionTime?: components["schemas"]["io.k8s.apimachinery.pkg.apis.meta.v1.Time"];
            message?: string;
            reason?: string;
            /** @default  */
            status: string;
            /** @default  */
            type: string;
        };
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec": {
            /** Format: byte */
            caBundle?: string;
            group?: string;
            /**
             * Format: int32
             * @default 0
             */
            groupPriorityMinimum: number;
            insecureSkipTLSVerify?: boolean;
            service?: components["schemas"]["io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference"];
            version?: string;
            /**
             * Format: int32
             * @default 0
             */
            versionPriority: number;
        };
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus": {
            conditions?: components["schemas"]["io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition"][];
        };
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference": {
            name?: string;
            namespace?: string;
            /** Format: int32 */
            port?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
